// How an application ends: with the answer lost, never arrived or unknown, or decided; and the result on A4.

#include <gtest/gtest.h>

#include "firmware/records/recovery.hpp"
#include "screens/citizen/decided.hpp"
#include "screens/citizen/goodbye.hpp"
#include "screens/citizen/outcome_unknown.hpp"
#include "screens/citizen/problem.hpp"
#include "screens/citizen/read_document.hpp"
#include "tests/firmware/services/cancellation.hpp"
#include "tests/support/pdf_text.hpp"

namespace kiosk::services {
namespace {

TEST(LienOutcome, ALostAnswerIsAskedForAndNeverSentAgain) {
  Hall hall("zhang");
  hall.registry.fail(FakeRegistry::Step::submit, FakeRegistry::Fault::after_work);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(hall.registry.authority().recorded(), 1U);
  EXPECT_EQ(hall.slips.slips().size(), 1U);
}

TEST(LienOutcome, AnOutcomeThatStaysUnknownIsKeptAndGivenAsASlip) {
  Hall hall("zhang");
  hall.registry.fail(FakeRegistry::Step::submit, FakeRegistry::Fault::after_work);
  hall.registry.fail(FakeRegistry::Step::outcome, FakeRegistry::Fault::before_work, Errc::unreachable, 0);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "not_decided");
  ASSERT_EQ(hall.pending().size(), 1U);
  EXPECT_EQ(hall.pending().front().state, records::SubmissionState::unknown);
  EXPECT_TRUE(hall.ui.newest<screens::OutcomeUnknown>()->slip_printed);
  EXPECT_EQ(hall.registry.authority().recorded(), 1U);
}

TEST(LienOutcome, AnApplicationThatNeverArrivedIsSaidToBeUnchanged) {
  Hall hall("zhang");
  hall.registry.fail(FakeRegistry::Step::submit, FakeRegistry::Fault::before_work);
  cancel(hall);
  EXPECT_EQ(hall.ui.newest<screens::Problem>()->kind, screens::Problem::Kind::not_taken);
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);
  EXPECT_TRUE(hall.pending().empty());
}

TEST(LienOutcome, ADiskThatIsFullAfterTheSendingKeepsNothingFromTheCitizen) {
  Hall hall("zhang");
  hall.registry.after(FakeRegistry::Step::submit, [&] { hall.store.fill_disk(); });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  ASSERT_NE(hall.ui.newest<screens::Decided>(), nullptr);
  EXPECT_EQ(hall.ui.newest<screens::Decided>()->decision, screens::Decided::Decision::registered);
  EXPECT_EQ(hall.slips.slips().size(), 1U);
  EXPECT_EQ(hall.registry.authority().recorded(), 1U);
  hall.store.fill_disk(false);
  ASSERT_TRUE(records::recover(hall.journal, hall.submissions, hall.papers, hall.audit));
  ASSERT_EQ(hall.pending().size(), 1U) << "the registry is asked again what became of it";
}

TEST(LienOutcome, ADiskThatIsFullWhenTheAnswerIsLostStillLeavesTheReference) {
  Hall hall("zhang");
  hall.registry.fail(FakeRegistry::Step::submit, FakeRegistry::Fault::after_work);
  hall.registry.fail(FakeRegistry::Step::outcome, FakeRegistry::Fault::before_work, Errc::unreachable, 0);
  hall.registry.after(FakeRegistry::Step::submit, [&] { hall.store.fill_disk(); });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "not_decided");
  EXPECT_NE(hall.ui.newest<screens::OutcomeUnknown>(), nullptr);
}

TEST(LienOutcome, WhoGivesUpOnThePrinterStillHearsThatTheOutcomeIsUnknown) {
  Hall hall("zhang");
  hall.registry.fail(FakeRegistry::Step::submit, FakeRegistry::Fault::after_work);
  hall.registry.fail(FakeRegistry::Step::outcome, FakeRegistry::Fault::before_work, Errc::unreachable, 0);
  hall.slips.turn([](auto& state) { state.next_job_fails = Error{Errc::jammed, "cutter"}; });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "not_decided");
  ASSERT_NE(hall.ui.newest<screens::OutcomeUnknown>(), nullptr);
  EXPECT_FALSE(hall.ui.newest<screens::OutcomeUnknown>()->slip_printed);
}

using ResultSheet = screens::Decided::ResultSheet;

/// The person asks for the result on A4 the first time that the decision is shown.
void ask_for_the_result(Hall& hall) {
  hall.ui.first("decided", [](const auto& screen) {
    EXPECT_TRUE(screen.template as<screens::Decided>()->can_print_result);
    return ScriptUi::chosen(static_cast<int>(screens::Decided::Answer::print_result));
  });
}

TEST(LienOutcome, TheResultOfTheRegistrationIsPrintedForWhoAsks) {
  Hall hall("zhang");
  ask_for_the_result(hall);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(hall.slips.slips().size(), 1U) << "the receipt, as ever";
  ASSERT_EQ(hall.pages.documents().size(), 1U);
  const auto said = testing::pdf_text(hall.pages.documents().front().pdf);
  EXPECT_NE(said.find("不动产登记结果"), std::string::npos) << said;
  EXPECT_EQ(said.find(lobby::person("zhang").card.name.reveal()), std::string::npos);
  const auto* page = hall.ui.newest<screens::Decided>();
  EXPECT_EQ(page->result_sheet, ResultSheet::printed);
  EXPECT_FALSE(page->can_print_result) << "once";
  EXPECT_EQ(hall.ui.newest<screens::Goodbye>()->pages, 1);
  EXPECT_TRUE(hall.ui.newest<screens::Goodbye>()->slip);
  EXPECT_NE(hall.everything_kept().find("pages.printed"), std::string::npos);
  EXPECT_TRUE(hall.papers_owed().empty());
  expect_a_clean_end(hall, "zhang");
}

TEST(LienOutcome, TheResultIsOfferedOnlyWhenItIsRegisteredAndThePrinterWorks) {
  Hall accepted("zhang");
  accepted.registry.authority().decide("m-0001", hal::Decision::accepted);
  cancel(accepted);
  EXPECT_FALSE(accepted.ui.newest<screens::Decided>()->can_print_result);
  Hall without_paper("zhang");
  without_paper.pages.turn([](auto& state) { state.paper_out = true; });
  cancel(without_paper);
  EXPECT_FALSE(without_paper.ui.newest<screens::Decided>()->can_print_result);
  EXPECT_EQ(without_paper.outcome(), "done");
}

TEST(LienOutcome, AResultThatDoesNotComeOutIsSaidAndTakesNothingAway) {
  Hall hall("zhang");
  ask_for_the_result(hall);
  hall.pages.turn([](auto& state) { state.next_job_fails = Error{Errc::jammed, "tray"}; });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(hall.ui.newest<screens::Decided>()->result_sheet, ResultSheet::not_printed);
  EXPECT_NE(hall.everything_kept().find("tray"), std::string::npos) << "the audit trail says why";
  EXPECT_EQ(hall.pages.documents().size(), 0U);
  EXPECT_EQ(hall.slips.slips().size(), 1U);
  EXPECT_EQ(hall.ui.newest<screens::Goodbye>()->pages, 0);
}

TEST(LienOutcome, AResultInDoubtIsAskedFor) {
  for (const int answer : {0, 1, 2}) {  // complete, print again, show it here
    Hall hall("zhang");
    ask_for_the_result(hall);
    hall.ui.choose("read_document", 0);
    hall.pages.turn([](auto& state) { state.jams_after_pages = 0; });
    hall.ui.first("did_it_print", [&](const auto&) {
      hall.pages.turn([](auto& state) { state.jammed = false; });
      return ScriptUi::chosen(answer);
    });
    cancel(hall);
    EXPECT_EQ(hall.outcome(), "done");
    const auto* shown = hall.ui.newest<screens::ReadDocument>();
    EXPECT_EQ(shown == nullptr ? 0U : shown->pages.size(), answer == 2 ? 1U : 0U);
    EXPECT_EQ(hall.ui.newest<screens::Decided>()->result_sheet,
              answer == 2 ? ResultSheet::shown : ResultSheet::printed);
    EXPECT_EQ(testing::must(hall.counters.totals()).contains("pages.printed"), answer != 2);
    EXPECT_EQ(hall.ui.newest<screens::Goodbye>()->pages, answer == 2 ? 0 : 1);
    EXPECT_TRUE(hall.papers_owed().empty());
  }
}

}  // namespace
}  // namespace kiosk::services
