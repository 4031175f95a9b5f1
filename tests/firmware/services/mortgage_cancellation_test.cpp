// A whole cancellation: every card and proof, ended at every page, with a full disk.

#include <gtest/gtest.h>

#include "screens/citizen/consent.hpp"
#include "screens/citizen/decided.hpp"
#include "screens/citizen/problem.hpp"
#include "tests/firmware/services/cancellation.hpp"
#include "tests/lobby/camera/face.hpp"

namespace kiosk::services {
namespace {

TEST(MortgageCancellation, WithTheReleaseItIsRegisteredAndTheReceiptPrinted) {
  Hall hall("zhang");
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(hall.ui.pages(),
            (Pages{"before_you_start", "consent", "place_card", "card_read", "look_at_camera", "working",
                   "working", "choose_lien", "check_answers", "point_of_no_return", "sign", "working",
                   "working", "decided", "rate", "goodbye"}));
  EXPECT_EQ(hall.ui.newest<screens::Decided>()->decision, screens::Decided::Decision::registered);
  EXPECT_EQ(hall.registry.authority().recorded(), 1U);
  EXPECT_EQ(hall.slips.slips().size(), 1U);
  EXPECT_TRUE(hall.papers_owed().empty());
  EXPECT_TRUE(hall.pending().empty());
  EXPECT_TRUE(hall.unfinished().empty());
  expect_a_clean_end(hall, "zhang");
}

class OtherCards : public ::testing::TestWithParam<std::string> {};

TEST_P(OtherCards, AreServedLikeResidentCards) {
  Hall hall(GetParam());
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(hall.registry.authority().recorded(), 1U);
}

INSTANTIATE_TEST_SUITE_P(MortgageCancellation, OtherCards, ::testing::Values("huang", "martin", "ye"));

TEST(MortgageCancellation, AnExpiredCardIsExplainedBeforeAnythingIsAsked) {
  Hall hall("feng");
  cancel(hall);
  EXPECT_EQ(hall.ui.newest<screens::Problem>()->kind, screens::Problem::Kind::expired_card);
  EXPECT_EQ(hall.ui.newest<screens::Decided>(), nullptr);
}

TEST(MortgageCancellation, WithoutAFaceAMemberOfStaffVouches) {
  Hall hall("zhang");
  hall.ui.choose("consent", 1);
  hall.ui.choose("other_ways", 0);
  hall.scanner.show_next(lobby::staff().badge);
  hall.ui.on("staff_pin", ScriptUi::typing(lobby::staff().pin));
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "look_at_camera"), 0);
}

TEST(MortgageCancellation, AFaceThatIsNotTheCardsLeadsToTheOtherWaysAfterThreeTries) {
  Hall hall("zhang");
  hall.registry.authority().enrol(lobby::person("zhang").card, lobby::portrait_jpeg(1));
  hall.faces.set_portrait(PersonalBytes(lobby::portrait_jpeg(3)));
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "left");
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "look_at_camera"), 3);
  EXPECT_EQ(hall.ui.last().name(), "other_ways");
}

TEST(MortgageCancellation, ADeadCameraLeadsToTheOtherWays) {
  Hall hall("zhang");
  hall.camera.set_plugged(false);
  cancel(hall);
  EXPECT_EQ(hall.ui.last().name(), "other_ways");
}

TEST(MortgageCancellation, ACameraThatComesWhileConsentIsAskedForAsksAnew) {
  Hall hall("zhang");
  hall.camera.set_plugged(false);
  hall.ui.when("consent", [&] { hall.camera.set_plugged(true); });
  hall.ui.first("consent", [](const screens::Screen& screen) -> std::optional<session::Given> {
    EXPECT_FALSE(screen.as<screens::Consent>()->camera_works);
    return std::nullopt;  // still reads
  });
  cancel(hall);
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "consent"), 2);
  EXPECT_TRUE(hall.ui.newest<screens::Consent>()->camera_works);
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "look_at_camera"), 1);
  EXPECT_EQ(hall.outcome(), "done");
}

TEST(MortgageCancellation, BackOutOfTheFirstPageLeavesTheService) {
  Hall hall("zhang");
  hall.ui.on("before_you_start", [](const auto&) { return ScriptUi::back(); });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "left");
}

TEST(MortgageCancellation, EndedAtAnyPageItLeavesNothingHalfDone) {
  int page = 0;
  for (;; ++page) {
    Hall hall("zhang");
    hall.ui.end_at(page, hall.end);
    cancel(hall);
    expect_a_clean_end(hall, "zhang");
    if (hall.outcome() == "done") break;
    EXPECT_EQ(hall.outcome(), "ended") << page;
    // A case at the registry means a paper owed or a submission that the outbox goes on asking for.
    if (hall.registry.authority().recorded() == 1 && hall.slips.slips().empty()) {
      EXPECT_EQ(hall.papers_owed().size() + hall.pending().size(), 1U) << page;
    }
  }
  EXPECT_GT(page, 12) << "the sweep must reach every page";
}

TEST(MortgageCancellation, AFullDiskStopsItBeforeAnythingIsSent) {
  Hall hall("zhang");
  hall.ui.when("sign", [&] { hall.store.fill_disk(); });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "failed");
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);
  EXPECT_EQ(hall.ui.newest<screens::Problem>()->kind, screens::Problem::Kind::storage);
}

}  // namespace
}  // namespace kiosk::services
