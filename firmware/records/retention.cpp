#include "firmware/records/retention.hpp"

#include <algorithm>
#include <set>

#include "firmware/domain/date.hpp"
#include "firmware/records/audit_files.hpp"
#include "firmware/records/counters.hpp"
#include "firmware/records/moment.hpp"
#include "firmware/records/papers.hpp"
#include "firmware/records/submissions.hpp"

namespace kiosk::records {

namespace {

using hal::Row;
using hal::Transaction;

bool has_state(const Row& row, std::initializer_list<std::string_view> states) {
  return std::ranges::find(states, row.text("state")) != states.end();
}

/// The moment since which nothing about an application is open; nothing while something is.
Result<std::optional<WallTime>> settled_since(Transaction& transaction, const Row& submission) {
  const auto changed = to_moment(submission.number("changed"));
  if (has_state(submission, {name_of(SubmissionState::withdrawn)})) return changed;
  if (!has_state(submission, {name_of(SubmissionState::decided)})) return std::nullopt;
  const auto paper = TRY(transaction.get("papers", submission.key));
  using enum PaperState;
  if (!has_state(paper, {name_of(printed), name_of(electronic), name_of(left_to_windows)}))
    return std::nullopt;
  return std::max(changed, to_moment(paper.number("changed")));
}

/// The person left without it and has not come back with their card.
Result<void> leave_papers_to_windows(hal::Store& store, const Clock& clock, Audit& audit,
                                     const Retention& rules, Swept& swept) {
  Papers papers(store, clock);
  const auto owed = TRY(papers.owed());
  for (const auto& paper : owed) {
    if (paper.changed > clock.now() - rules.papers) continue;
    TRY(audit.record({.id = "paper.left_to_windows",
                      .role = Role::kiosk,
                      .purpose = "retention",
                      .facts = {{"key", paper.submission}, {"was", std::string(name_of(paper.state))}}}));
    TRY(papers.left_to_windows(paper.submission));
    TRY(Counters(store, clock).add("papers.left_to_windows"));
    ++swept.papers;
  }
  return {};
}

Result<void> sweep_submissions(Transaction& transaction, WallTime now, const Retention& rules, Swept& swept) {
  auto rows = TRY(transaction.list("submissions"));
  for (auto& row : rows) {
    const auto since = TRY(settled_since(transaction, row));
    if (!since) continue;
    if (*since <= now - rules.submissions) {
      TRY(transaction.erase("submissions", row.key));
      TRY(transaction.erase("papers", row.key));
      ++swept.submissions;
    } else if (*since <= now - rules.paper_data && !row.personal("for_paper").empty()) {
      row.cells["for_paper"] = PersonalText();
      TRY(transaction.put("submissions", row));
      ++swept.paper_data;
    }
  }
  return {};
}

Result<void> sweep_sessions(Transaction& transaction, WallTime now, const Retention& rules, Swept& swept) {
  std::set<std::string> owing;
  const auto debts = TRY(transaction.list("debts"));
  for (const auto& debt : debts) owing.insert(debt.text("session"));

  std::set<std::string> old;
  const auto sessions = TRY(transaction.list("sessions", hal::Match{"ended", std::int64_t{1}}));
  for (const auto& session : sessions) {
    if (to_moment(session.number("changed")) > now - rules.sessions || owing.contains(session.key)) continue;
    TRY(transaction.erase("sessions", session.key));
    old.insert(session.key);
    ++swept.sessions;
  }
  if (old.empty()) return {};
  const auto steps = TRY(transaction.list("steps"));
  for (const auto& step : steps) {
    if (old.contains(step.text("session"))) TRY(transaction.erase("steps", step.key));
  }
  return {};
}

Result<void> sweep_counters(Transaction& transaction, WallTime now, const Retention& rules, Swept& swept) {
  const auto oldest = domain::to_text(domain::day_in_china(now - rules.counters));
  const auto rows = TRY(transaction.list("counters"));
  for (const auto& row : rows) {
    if (row.text("day") >= oldest) continue;
    TRY(transaction.erase("counters", row.key));
    ++swept.counters;
  }
  return {};
}

Result<void> sweep_audit(Audit& audit, WallTime now, const Retention& rules, Swept& swept) {
  const AuditFiles files(audit.settings().folder);
  auto names = TRY(files.all());
  if (!names.empty()) names.pop_back();  // the chain goes on in the newest
  const auto oldest = AuditFiles::name_for(domain::day_in_china(now - rules.audit));
  for (const auto& name : names) {
    if (name >= oldest) break;
    // Told first: a file that is gone without a line about it would look like tampering.
    TRY(audit.record({"audit.file_deleted", Role::kiosk, {}, "retention", {}, {{"file", name}}}));
    TRY(files.remove(name));
    ++swept.audit_files;
  }
  return {};
}

}  // namespace

Result<Swept> sweep(hal::Store& store, const Clock& clock, Audit& audit, const Retention& rules) {
  const auto now = clock.now();
  Swept swept;
  TRY(leave_papers_to_windows(store, clock, audit, rules, swept));
  TRY(store.transact(
      [&](Transaction& transaction) { return sweep_submissions(transaction, now, rules, swept); }));
  TRY(store.transact(
      [&](Transaction& transaction) { return sweep_sessions(transaction, now, rules, swept); }));
  TRY(store.transact(
      [&](Transaction& transaction) { return sweep_counters(transaction, now, rules, swept); }));
  TRY(sweep_audit(audit, now, rules, swept));
  return swept;
}

}  // namespace kiosk::records
