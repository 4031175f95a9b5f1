#include "firmware/services/progress.hpp"

#include <gtest/gtest.h>

#include "screens/citizen/case_list.hpp"
#include "screens/citizen/case_timeline.hpp"
#include "screens/citizen/decided.hpp"
#include "screens/citizen/enter_number.hpp"
#include "screens/citizen/problem.hpp"
#include "tests/support/hall.hpp"

namespace kiosk::services {
namespace {

using testing::Hall;
using testing::must;
using testing::ScriptUi;

TEST(Progress, ByCardItShowsTheListAndOneCaseWithItsAddressMasked) {
  Hall hall("wu");
  hall.ui.choose("progress_ways", 0).choose("case_list", 0, 1);
  hall.serve("progress");
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(hall.ui.newest<screens::CaseList>()->rows.size(), 3U);
  const auto* page = hall.ui.newest<screens::CaseTimeline>();
  ASSERT_NE(page, nullptr);
  EXPECT_EQ(page->stages.size(), 5U);
  EXPECT_NE(page->address.reveal().find('*'), std::string::npos);
}

TEST(Progress, WhoGuessesNumbersWaitsAlsoAfterGoingBack) {
  Hall hall;
  hall.ui.choose("progress_ways", 1).on("enter_number", [](const screens::Screen& screen) {
    return screen.as<screens::EnterNumber>()->not_found.empty() ? ScriptUi::typing("2026999900000")(screen)
                                                                : ScriptUi::back();
  });
  int shown = 0;
  hall.ui.when("enter_number", [&] {
    if (hall.ui.newest<screens::EnterNumber>()->wait_s > 0 || ++shown > 20) hall.end.request_stop();
  });
  hall.serve("progress");
  EXPECT_EQ(hall.outcome(), "ended");
  EXPECT_EQ(hall.ui.newest<screens::EnterNumber>()->wait_s, 60);
  EXPECT_EQ(std::ranges::count(hall.faults.calls(), "registry.case_by_number"), 5);
}

TEST(Progress, ByNumberItShowsNoAddress) {
  Hall hall;
  hall.ui.choose("progress_ways", 1).on("enter_number", ScriptUi::typing("2026110200008"));
  hall.serve("progress");
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(hall.ui.newest<screens::CaseTimeline>()->address.reveal().find("区"), std::string::npos);
}

TEST(Progress, AWrongNumberIsAskedForAgain) {
  Hall hall;
  hall.ui.choose("progress_ways", 1).first("enter_number", ScriptUi::typing("2026999900000"));
  hall.ui.on("enter_number", ScriptUi::typing("2026110200008"));
  hall.serve("progress");
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(hall.ui.newest<screens::EnterNumber>()->not_found, "2026999900000");
}

/// The power fails, or the person goes, while the slip is looked at: the paper stays in doubt.
void leave_a_paper_in_doubt(Hall& hall) {
  hall.slips.turn([](auto& state) { state.paper_ends_in_next_job = true; });
  hall.ui.first("did_it_print", [&](const auto&) {
    hall.end.request_stop();
    return ScriptUi::chosen(1);  // should the answer still be heard: nothing is printed any more
  });
  hall.serve("mortgage_cancellation");
  hall.end = {};
  hall.slips.turn([](auto& state) { state.paper_out = false; });
  hall.reader.place(lobby::person("zhang").card);  // back again
  ASSERT_EQ(hall.papers_owed().size(), 1U);
}

TEST(Progress, WhoComesBackWithTheirCardGetsThePaperThatIsOwed) {
  Hall hall("zhang");
  leave_a_paper_in_doubt(hall);
  hall.ui.choose("progress_ways", 0).choose("case_list", 0, 0).choose("case_timeline", 0);
  hall.serve("progress");
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_TRUE(hall.papers_owed().empty());
  EXPECT_EQ(hall.slips.slips().size(), 1U);
}

TEST(Progress, APaperThatIsOwedAndCannotBePrintedIsShownWithItsCode) {
  Hall hall("zhang");
  leave_a_paper_in_doubt(hall);
  hall.ui.choose("progress_ways", 0).choose("case_list", 0, 0).choose("case_timeline", 0);
  hall.slips.turn([](auto& state) {
    state.paper_out = false;
    state.cover_opens_in_next_job = true;
  });
  hall.ui.choose("did_it_print", 2);
  hall.serve("progress");
  EXPECT_EQ(hall.outcome(), "done");
  const auto* shown = hall.ui.newest<screens::Decided>();
  ASSERT_NE(shown, nullptr);
  EXPECT_EQ(shown->paper, screens::Decided::Paper::electronic);
  EXPECT_FALSE(shown->slip_token.empty());
  EXPECT_FALSE(shown->can_rate);
  EXPECT_TRUE(hall.papers_owed().empty());
}

TEST(Progress, AStoreThatCannotSayWhatIsOwedIsExplained) {
  const auto ask_for_it = [](Hall& hall) {
    leave_a_paper_in_doubt(hall);
    hall.ui.choose("progress_ways", 0).choose("case_list", 0, 0).choose("case_timeline", 0);
  };
  Hall before;
  ask_for_it(before);
  before.serve("progress");
  const auto& calls = before.faults.calls();
  const auto question =
      std::find(std::ranges::find(calls, "registry.cases"), calls.end(), "store.transact") - calls.begin();
  Hall hall;
  ask_for_it(hall);
  hall.faults.plan(static_cast<std::size_t>(question),
                   {.when = testing::Fault::When::before_work, .code = Errc::storage}, false);
  hall.serve("progress");
  ASSERT_NE(hall.ui.newest<screens::Problem>(), nullptr);
  EXPECT_EQ(hall.ui.newest<screens::Problem>()->kind, screens::Problem::Kind::storage);
  EXPECT_EQ(hall.papers_owed().size(), 1U) << "it is owed still";
}

TEST(Progress, WhoOnlyKnowsTheNumberDoesNotGetIt) {
  Hall hall("zhang");
  leave_a_paper_in_doubt(hall);
  const auto number = must(hall.registry.authority().cases({.card = lobby::person("zhang").card,
                                                            .proof = hal::Applicant::Proof::card_only}))
                          .front()
                          .acceptance_number;
  hall.ui.choose("progress_ways", 1).on("enter_number", ScriptUi::typing(number)).choose("case_timeline", 0);
  hall.serve("progress");
  EXPECT_EQ(hall.papers_owed().size(), 1U);
}

TEST(Progress, TheSlipsCodeLeadsToItsCase) {
  Hall hall("zhang");
  hall.serve("mortgage_cancellation");
  const auto token = must(hall.registry.authority().cases(
                              {.card = lobby::person("wu").card, .proof = hal::Applicant::Proof::card_only}))
                         .front()
                         .slip_token;
  ASSERT_FALSE(token.empty());
  hall.ui.choose("progress_ways", 2);
  hall.scanner.show_next(token);
  hall.serve("progress");
  EXPECT_EQ(hall.outcome(), "done");
}

TEST(Progress, AForeignCodeIsSaidToBeUnreadable) {
  Hall hall;
  hall.ui.choose("progress_ways", 2);
  hall.ui.first("scan_slip", [](const auto&) { return std::nullopt; });
  hall.ui.first("scan_slip", [](const auto&) { return ScriptUi::chosen(0); });
  hall.ui.on("enter_number", ScriptUi::typing("2026110200008"));
  hall.scanner.show_next("https://example.invalid/not-a-slip");
  hall.serve("progress");
  EXPECT_EQ(hall.outcome(), "done");
}

TEST(Progress, BackOutOfTheWaysLeaves) {
  Hall hall;
  hall.ui.on("progress_ways", [](const auto&) { return ScriptUi::back(); });
  hall.serve("progress");
  EXPECT_EQ(hall.outcome(), "left");
}

}  // namespace
}  // namespace kiosk::services
