#include "firmware/services/progress.hpp"

#include "firmware/documents/slips.hpp"
#include "firmware/domain/masks.hpp"
#include "firmware/services/decided_page.hpp"
#include "firmware/services/misses.hpp"
#include "firmware/session/extra_paper.hpp"
#include "firmware/session/farewell.hpp"
#include "firmware/session/identify.hpp"
#include "firmware/session/paper.hpp"
#include "firmware/session/problem.hpp"
#include "screens/citizen/case_list.hpp"
#include "screens/citizen/case_timeline.hpp"
#include "screens/citizen/enter_number.hpp"
#include "screens/citizen/no_cases.hpp"
#include "screens/citizen/progress_ways.hpp"
#include "screens/citizen/scan_slip.hpp"

namespace kiosk::services {

using namespace session;
using screens::CaseTimeline;
using screens::ProgressWays;
using What = screens::Working::What;
using Cases = std::vector<hal::CaseProgress>;

namespace {

/// A call for one case, as a list: none when the registry knows no such case.
template <class Call>
Result<Cases> ask_for_one(Session& s, Call&& call) {
  auto found = ask_registry(s, What::asking_registry, call, {Errc::not_present, Errc::refused});
  if (found) return Cases{std::move(*found)};
  if (found.error().code == Errc::not_present || found.error().code == Errc::refused) return Cases{};
  return std::unexpected(std::move(found).error());
}

Result<Cases> by_card(Session& s) {
  const auto person = TRY(identify(s, Identity::card_only));
  return ask_registry(s, What::asking_registry,
                      [&](const Wait& wait) { return s.registry.cases(person, wait); });
}

Result<Cases> by_number(Session& s, Misses& misses) {
  screens::EnterNumber page{
      .prefix = s.office.number_prefix, .digits = s.office.number_digits, .not_found = {}};
  for (;;) {
    const auto answer = TRY(s.ui.ask(page, s.wait));
    const auto number = s.office.number_prefix + answer.number;
    auto cases =
        TRY(ask_for_one(s, [&](const Wait& wait) { return s.registry.case_by_number(number, wait); }));
    if (!cases.empty()) return cases;
    TRY(s.note("progress.number_not_found"));
    page.not_found = number;
    TRY(misses.add(s, page));
  }
}

Result<Cases> by_code(Session& s, Misses& misses) {
  screens::ScanSlip page;
  for (;;) {
    auto scanned =
        s.ui.ask_while(page, s.wait, [&](const Wait& wait) { return s.devices.scanner.scan(wait); });
    if (!scanned && scanned.error().code == Errc::malformed) {
      page.unreadable_before = true;
      continue;
    }
    if (!scanned && scanned.error().code == Errc::unplugged) {
      TRY(offer_retry(s, Fault::scanner, scanned.error()));
      continue;
    }
    const auto code = TRY(std::move(scanned));
    if (code.index() == 0) return by_number(s, misses);
    const auto& token = std::get<1>(code).reveal();
    auto cases = TRY(ask_for_one(s, [&](const Wait& wait) { return s.registry.case_by_token(token, wait); }));
    if (!cases.empty()) return cases;
    page.unreadable_before = true;
  }
}

screens::CaseRow row_of(const hal::CaseProgress& progress) {
  const auto current = std::ranges::find(progress.stages, hal::StageState::current, &hal::Stage::state);
  return {.acceptance_number = progress.acceptance_number,
          .service = progress.service,
          .address = PersonalText(domain::mask_address(progress.address)),
          .stage = current == progress.stages.end() ? "collect" : current->name,
          .overdue = progress.overdue};
}

CaseTimeline timeline_of(const hal::CaseProgress& progress) {
  CaseTimeline page{.acceptance_number = progress.acceptance_number,
                    .service = progress.service,
                    .address = PersonalText(domain::mask_address(progress.address)),
                    .due_date = progress.due_date,
                    .overdue = progress.overdue,
                    .next = static_cast<CaseTimeline::Next>(progress.next),
                    .defects = progress.defects};
  for (const auto& stage : progress.stages) {
    page.stages.push_back({.stage = stage.name,
                           .state = static_cast<screens::TimelineStage::State>(stage.state),
                           .date = stage.date});
  }
  return page;
}

documents::ProgressSlip slip_of(const hal::CaseProgress& progress) {
  documents::ProgressSlip slip{.service = progress.service,
                               .acceptance_number = progress.acceptance_number,
                               .due_date = progress.due_date,
                               .slip_token = progress.slip_token};
  for (const auto& stage : progress.stages) slip.stages.emplace_back(stage.name, stage.date);
  return slip;
}

/// Who asks: whoever knows a number sees and gets less than whose card was read.
enum class Asker { owner, anybody };

/// The paper that the kiosk still owes the owner, printed or shown, or else a slip. false: they have neither.
Result<bool> print_case(Session& s, const hal::CaseProgress& progress, Asker asker) {
  if (asker == Asker::owner) {
    const auto owed = TRY(owed_paper(s, progress.acceptance_number));
    if (owed) {
      const auto delivered = TRY(give_paper(s, owed->key, owed->reply, owed->facts));
      if (delivered != Delivered::electronic) return true;
      auto page = decided_page(s, owed->reply, delivered);
      page.can_rate = false;  // that was asked when it was decided
      TRY(s.ui.ask(page, s.wait, Back::none));
      return true;
    }
  }
  return print_slip(s, documents::slip(slip_of(progress), issuer(s), s.devices.receipt_printer.paper()));
}

/// Shows one case. `went_back`: to the list, or to the ways when there is none.
Result<Outcome> show_case(Session& s, const hal::CaseProgress& progress, Asker asker, bool from_list) {
  TRY(s.note("progress.shown", {{"acceptance_number", progress.acceptance_number}}));
  auto page = timeline_of(progress);
  page.more = from_list;
  for (;;) {
    page.can_print = s.devices.receipt_printer.status().usable();
    const auto answer = TRY(s.ui.ask(page, s.wait));
    if (answer == CaseTimeline::Answer::list) return fail(Errc::went_back, "to the list");
    if (answer == CaseTimeline::Answer::print) {
      const auto printed = print_case(s, progress, asker);
      TRY(s.wait.check());
      if (!printed && printed.error().code != Errc::cancelled)
        return std::unexpected(explain_and_end(s, Fault::storage, printed.error()));
      if (!printed || !*printed) continue;
    }
    TRY(say_goodbye(s));
    return Outcome::done;
  }
}

Result<Outcome> show_cases(Session& s, const Cases& cases, Asker asker) {
  if (cases.empty()) {
    const auto answer = TRY(s.ui.ask(screens::NoCases{}, s.wait));
    if (answer == screens::NoCases::Answer::another_way) return fail(Errc::went_back, "another way");
    TRY(say_goodbye(s));
    return Outcome::explained;
  }
  if (cases.size() == 1) return show_case(s, cases.front(), asker, false);
  screens::CaseList page;
  for (const auto& progress : cases) page.rows.push_back(row_of(progress));
  for (;;) {
    const auto answer = TRY(s.ui.ask(page, s.wait));
    if (answer.row >= cases.size()) return fail(Errc::internal, "a row that is not on the page");
    auto shown = show_case(s, cases[answer.row], asker, true);
    if (shown || shown.error().code != Errc::went_back) return shown;
  }
}

Result<ProgressWays::Answer> choose_way(Session& s) {
  const auto answer = s.ui.ask(ProgressWays{.card = s.devices.id_reader.status().usable(),
                                            .scan = s.devices.scanner.status().usable()},
                               s.wait);
  if (!answer && answer.error().code == Errc::went_back) return fail(Errc::cancelled, "back to the menu");
  return answer;
}

}  // namespace

Result<Outcome> show_progress(Session& s) {
  Misses misses;
  return repeat_on_back([&]() -> Result<Outcome> {
    switch (TRY(choose_way(s))) {
      case ProgressWays::Answer::card: {
        const auto cases = TRY(by_card(s));
        return show_cases(s, cases, Asker::owner);
      }
      case ProgressWays::Answer::number: {
        const auto cases = TRY(by_number(s, misses));
        return show_cases(s, cases, Asker::anybody);
      }
      case ProgressWays::Answer::scan: {
        const auto cases = TRY(by_code(s, misses));
        return show_cases(s, cases, Asker::anybody);
      }
    }
    std::unreachable();
  });
}

}  // namespace kiosk::services
