#include "firmware/records/papers.hpp"

#include <algorithm>

#include "firmware/records/moment.hpp"

namespace kiosk::records {

namespace {

using hal::Row;
using hal::Transaction;

template <class Enum>
Result<Enum> from_name(std::string_view name, std::initializer_list<Enum> all) {
  for (const auto one : all) {
    if (name_of(one) == name) return one;
  }
  return fail(Errc::storage, "papers: a word of no known meaning");
}

Result<Paper> to_paper(const Row& row) {
  using enum PaperState;
  const auto kind = TRY(
      from_name(row.text("kind"), {PaperKind::receipt, PaperKind::completion_notice, PaperKind::refusal}));
  const auto known = {owed, printing, in_doubt, printed, electronic, left_to_windows};
  const auto state = TRY(from_name(row.text("state"), known));
  const auto before = TRY(from_name(row.text("before"), known));
  return Paper{
      row.key, kind, state, before, static_cast<int>(row.number("copy")), to_moment(row.number("changed"))};
}

Row to_row(const Paper& paper) {
  return {paper.submission,
          {{"kind", std::string(name_of(paper.kind))},
           {"state", std::string(name_of(paper.state))},
           {"before", std::string(name_of(paper.before))},
           {"copy", std::int64_t{paper.copy}},
           {"changed", to_number(paper.changed)}}};
}

/// Reads a paper, lets `change` make another of it or refuse, and writes that.
Result<Paper> change_paper(hal::Store& store, const Clock& clock, std::string_view submission,
                           const std::function<Result<void>(Paper&)>& change) {
  return in_transaction(store, [&](Transaction& transaction) -> Result<Paper> {
    const auto row = TRY(transaction.get("papers", submission));
    auto paper = TRY(to_paper(row));
    TRY(change(paper));
    paper.changed = clock.now();
    TRY(transaction.put("papers", to_row(paper)));
    return paper;
  });
}

/// The end of a job that is with the printer.
Result<void> end_job(hal::Store& store, const Clock& clock, std::string_view submission, PaperState next) {
  TRY(change_paper(store, clock, submission, [next](Paper& paper) -> Result<void> {
    // A job in doubt may still turn out well: the printer or a person says so later.
    const bool expected = paper.state == PaperState::printing || paper.state == PaperState::in_doubt;
    if (!expected) return fail(Errc::internal, "papers: no job is with the printer");
    paper.state = next;
    return {};
  }));
  return {};
}

Result<std::vector<Paper>> unsettled(Transaction& transaction) {
  std::vector<Paper> papers;
  for (const auto state : {PaperState::owed, PaperState::printing, PaperState::in_doubt}) {
    const auto rows = TRY(transaction.list("papers", hal::Match{"state", std::string(name_of(state))}));
    for (const auto& row : rows) {
      auto paper = TRY(to_paper(row));
      papers.push_back(std::move(paper));
    }
  }
  std::ranges::sort(papers, {},
                    [](const Paper& paper) { return std::pair(paper.changed, paper.submission); });
  return papers;
}

}  // namespace

std::string_view name_of(PaperKind kind) {
  switch (kind) {
    case PaperKind::receipt:
      return "receipt";
    case PaperKind::completion_notice:
      return "completion_notice";
    case PaperKind::refusal:
      return "refusal";
  }
  std::unreachable();
}

std::string_view name_of(PaperState state) {
  switch (state) {
    case PaperState::owed:
      return "owed";
    case PaperState::printing:
      return "printing";
    case PaperState::in_doubt:
      return "in_doubt";
    case PaperState::printed:
      return "printed";
    case PaperState::electronic:
      return "electronic";
    case PaperState::left_to_windows:
      return "left_to_windows";
  }
  std::unreachable();
}

PaperKind paper_for(hal::Decision decision) {
  switch (decision) {
    case hal::Decision::registered:
    case hal::Decision::accepted:
      return PaperKind::receipt;
    case hal::Decision::to_be_completed:
      return PaperKind::completion_notice;
    case hal::Decision::refused:
      return PaperKind::refusal;
  }
  std::unreachable();
}

Result<void> Papers::owe(Transaction& transaction, std::string_view submission, PaperKind kind,
                         WallTime now) {
  return transaction.put("papers",
                         to_row({std::string(submission), kind, PaperState::owed, PaperState::owed, 0, now}));
}

Result<Paper> Papers::printing(std::string_view submission) {
  return change_paper(store_, clock_, submission, [](Paper& paper) -> Result<void> {
    if (paper.state == PaperState::printing) return fail(Errc::internal, "papers: a job is with the printer");
    paper.before = paper.state;
    paper.state = PaperState::printing;
    ++paper.copy;
    return {};
  });
}

Result<void> Papers::printed(std::string_view submission) {
  return end_job(store_, clock_, submission, PaperState::printed);
}

Result<void> Papers::in_doubt(std::string_view submission) {
  return end_job(store_, clock_, submission, PaperState::in_doubt);
}

Result<void> Papers::nothing_printed(std::string_view submission) {
  TRY(change_paper(store_, clock_, submission, [](Paper& paper) -> Result<void> {
    if (paper.state != PaperState::printing)
      return fail(Errc::internal, "papers: no job is with the printer");
    --paper.copy;
    paper.state = paper.before;
    return {};
  }));
  return {};
}

Result<void> Papers::delivered_electronically(std::string_view submission) {
  TRY(change_paper(store_, clock_, submission, [](Paper& paper) -> Result<void> {
    paper.state = PaperState::electronic;
    return {};
  }));
  return {};
}

Result<void> Papers::left_to_windows(std::string_view submission) {
  TRY(change_paper(store_, clock_, submission, [](Paper& paper) -> Result<void> {
    paper.state = PaperState::left_to_windows;
    return {};
  }));
  return {};
}

Result<Paper> Papers::find(std::string_view submission) {
  return in_transaction(store_, [&](Transaction& transaction) -> Result<Paper> {
    const auto row = TRY(transaction.get("papers", submission));
    return to_paper(row);
  });
}

Result<std::vector<Paper>> Papers::owed() {
  return in_transaction(store_, unsettled);
}

Result<void> Papers::recover() {
  return store_.transact([&](Transaction& transaction) -> Result<void> {
    auto papers = TRY(unsettled(transaction));
    for (auto& paper : papers) {
      if (paper.state != PaperState::printing) continue;
      paper.state = PaperState::in_doubt;
      paper.changed = clock_.now();
      TRY(transaction.put("papers", to_row(paper)));
    }
    return {};
  });
}

}  // namespace kiosk::records
