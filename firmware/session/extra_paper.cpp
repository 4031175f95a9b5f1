#include "firmware/session/extra_paper.hpp"

#include "firmware/session/press.hpp"
#include "firmware/session/problem.hpp"
#include "screens/citizen/did_it_print.hpp"

namespace kiosk::session {

using hal::PrintOutcome;
using screens::DidItPrint;

namespace {

/// As the audit trail calls what it prints.
std::string_view word(Press press) {
  return press == Press::slip ? "slip" : "pages";
}

/// Prints until it is certain what came out: in doubt the person looks at it. false: they do without, or want
/// it on the glass. The printer's error when it gave nothing. `cancelled`.
template <class Paper>
Result<bool> print_for_sure(Session& s, Press press, const Paper& paper, const std::string& title = {}) {
  const auto note = [&](std::string_view what, Session::Facts facts) {
    if (!title.empty()) facts.emplace_back("title", title);
    s.note_done(std::string(word(press)) + "." + std::string(what), std::move(facts));
  };
  for (;;) {
    const auto outcome = print(s, paper);
    if (!outcome) {
      note("not_printed", {{"why", outcome.error().what}});
      return std::unexpected(outcome.error());
    }
    const bool printed = *outcome == PrintOutcome::printed;
    note("printed", {{"printed", printed}});
    if (printed) return true;  // and counts, also when the session ends in this moment
    TRY(s.wait.check());
    s.count("papers.in_doubt");
    const auto answer = TRY(s.ui.ask(DidItPrint{.slip = press == Press::slip}, s.wait, Back::none));
    note("judged", {{"answer", static_cast<std::int64_t>(answer)}});
    if (answer != DidItPrint::Answer::reprint) return answer == DidItPrint::Answer::complete;
  }
}

}  // namespace

Result<bool> print_slip(Session& s, const hal::Raster& slip) {
  s.slip_given = false;
  for (;;) {
    const auto given = print_for_sure(s, Press::slip, slip);
    if (given) {
      s.slip_given = *given;
      if (*given) s.count("slips.printed");
      return given;
    }
    TRY(s.wait.check());
    TRY(offer_retry(s, Fault::slip_printer, given.error()));
  }
}

Result<Pages> print_pages(Session& s, const hal::Document& pages) {
  const auto given = print_for_sure(s, Press::pages, pages, pages.title);
  if (!given) {
    TRY(s.wait.check());
    return Pages::not_printed;
  }
  if (!*given) return Pages::to_be_shown;
  s.pages_given += pages.pages;
  s.count("pages.printed", pages.pages);
  return Pages::printed;
}

}  // namespace kiosk::session
