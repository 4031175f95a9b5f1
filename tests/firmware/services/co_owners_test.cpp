// The other owners of a mortgaged home: here with card and face, invited by message, or at a window.

#include <gtest/gtest.h>

#include "screens/citizen/check_answers.hpp"
#include "screens/citizen/goodbye.hpp"
#include "screens/citizen/other_owners.hpp"
#include "screens/citizen/owner_away.hpp"
#include "tests/firmware/services/cancellation.hpp"

namespace kiosk::services {
namespace {

constexpr int invite = static_cast<int>(screens::OtherOwners::Answer::invite);
constexpr int window = static_cast<int>(screens::OtherOwners::Answer::window);

TEST(CoOwners, ACoOwnerShowsCardAndFaceAndSignsToo) {
  Hall hall("chen");
  liu_comes_forward(hall);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "sign"), 2);
  EXPECT_EQ(hall.registry.authority().recorded(), 1U);
  expect_a_clean_end(hall, "liu");
}

TEST(CoOwners, ACoOwnerWhoIsNotHereIsInvitedAndThenNeedNotCome) {
  Hall hall("chen");
  hall.ui.choose("other_owners", invite).choose("owner_away", 1);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  const auto* told = hall.ui.newest<screens::OwnerAway>();
  ASSERT_NE(told, nullptr);
  EXPECT_EQ(told->what, screens::OwnerAway::What::invited);
  EXPECT_EQ(told->owners.front().masked_phone, PersonalText("139****0052"));
  EXPECT_FALSE(told->valid_to.empty());
  EXPECT_NE(hall.everything_kept().find("owner.invited"), std::string::npos);
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);

  hall.registry.authority().agree("m-0004-p2");
  hall.reader.place(lobby::person("chen").card);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done") << "the case was not lost";
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "other_owners"), 1) << "nobody else is asked for";
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "sign"), 1);
  EXPECT_EQ(hall.registry.authority().recorded(), 1U);
  EXPECT_TRUE(changeable_rows(hall).empty()) << "who has agreed cannot be changed here";
  expect_a_clean_end(hall, "liu");
}

TEST(CoOwners, ACoOwnerWithoutAPhoneNumberIsNoDeadEnd) {
  Hall hall("liu");
  hall.ui.choose("other_owners", invite);
  hall.ui.first("owner_away", [](const auto&) { return ScriptUi::back(); });
  hall.ui.choose("owner_away", 0);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  EXPECT_EQ(hall.ui.newest<screens::OwnerAway>()->what, screens::OwnerAway::What::no_phone);
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "other_owners"), 2) << "back leads to who is here";
  EXPECT_EQ(hall.slips.slips().size(), 1U) << "what to bring";
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);
}

TEST(CoOwners, OfThreeOwnersTheOneWithAPhoneNumberIsInvited) {
  Hall hall("lin");
  hall.ui.choose("other_owners", invite).choose("owner_away", 1);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  const auto* told = hall.ui.newest<screens::OwnerAway>();
  ASSERT_NE(told, nullptr);
  EXPECT_EQ(told->what, screens::OwnerAway::What::partly);
  ASSERT_EQ(told->owners.size(), 2U);
  EXPECT_EQ(told->owners[0].masked_phone, PersonalText("137****0066"));
  EXPECT_TRUE(told->owners[1].masked_phone.empty());
  expect_a_clean_end(hall, "xie");
}

TEST(CoOwners, ForAWindowTheListOfMaterialsIsPrinted) {
  Hall hall("chen");
  hall.ui.choose("other_owners", window).choose("owner_away", 0);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  EXPECT_EQ(hall.ui.newest<screens::OwnerAway>()->what, screens::OwnerAway::What::window);
  EXPECT_EQ(hall.slips.slips().size(), 1U);
  EXPECT_TRUE(hall.ui.newest<screens::Goodbye>()->slip);
}

TEST(CoOwners, AnInvitationThatTheRegistryDoesNotAnswerIsTriedAgain) {
  Hall hall("chen");
  hall.registry.fail(FakeRegistry::Step::invite_party, FakeRegistry::Fault::after_work);
  hall.ui.choose("other_owners", invite).choose("owner_away", 1).choose("problem", 0);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  EXPECT_EQ(hall.ui.newest<screens::OwnerAway>()->what, screens::OwnerAway::What::invited);
}

TEST(CoOwners, WhoeverLeavesWhileTheOwnerIsInvitedLeavesNothingHalfDone) {
  for (int page = 9; page < 13; ++page) {
    Hall hall("chen");
    hall.ui.choose("other_owners", invite).choose("owner_away", 0);
    hall.ui.end_at(page, hall.end);
    cancel(hall);
    EXPECT_EQ(hall.registry.authority().recorded(), 0U);
    expect_a_clean_end(hall, "chen");
  }
}

}  // namespace
}  // namespace kiosk::services
