// The other owners of a mortgaged home: here with card and face, invited by message, or at a window.

#include <map>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "screens/citizen/check_answers.hpp"
#include "screens/citizen/goodbye.hpp"
#include "screens/citizen/other_owners.hpp"
#include "screens/citizen/owner_away.hpp"
#include "screens/citizen/problem.hpp"
#include "tests/firmware/services/cancellation.hpp"

namespace kiosk::services {
namespace {

constexpr int invite = static_cast<int>(screens::OtherOwners::Answer::invite);
constexpr int window = static_cast<int>(screens::OtherOwners::Answer::window);

/// How often the registry has written to the only other owner of Chen's home.
int messages_to_liu(Hall& hall) {
  const auto invited = nlohmann::json::parse(hall.registry.authority().invited_json());
  return invited.empty() ? 0 : invited.at(0).at("messages").get<int>();
}

/// How often the audit trail tells of it.
int invitations_told(const Hall& hall) {
  const auto kept = hall.everything_kept();
  int told = 0;
  for (auto at = kept.find("owner.invited"); at != std::string::npos; at = kept.find("owner.invited", at + 1))
    ++told;
  return told;
}

TEST(CoOwners, ACoOwnerShowsCardAndFaceAndSignsToo) {
  Hall hall("chen");
  comes_forward(hall, "liu");
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
  EXPECT_FALSE(told->owners.front().valid_to.empty());
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

TEST(CoOwners, ASecondMessageThatFailsDoesNotHideTheFirst) {
  Hall hall("lin");
  hall.registry.after(FakeRegistry::Step::invite_party, [&] {
    hall.registry.fail(FakeRegistry::Step::invite_party, FakeRegistry::Fault::before_work, Errc::unreachable,
                       0);
  });
  hall.ui.choose("other_owners", invite).choose("owner_away", 1);
  hall.ui.choose("problem", static_cast<int>(screens::Problem::Answer::done));
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "explained");
  const auto* told = hall.ui.newest<screens::OwnerAway>();
  ASSERT_NE(told, nullptr);
  EXPECT_EQ(told->what, screens::OwnerAway::What::partly);
  ASSERT_EQ(told->owners.size(), 2U);
  EXPECT_EQ(told->owners[0].reached, screens::OwnerAway::Owner::Reached::invited);
  EXPECT_EQ(told->owners[1].reached, screens::OwnerAway::Owner::Reached::uncertain);
  EXPECT_EQ(invitations_told(hall), 1);
}

TEST(CoOwners, WhoHasAgreedElsewhereIsNotChangedBesideWhoStandsHere) {
  Hall hall("lin");
  hall.ui.choose("other_owners", invite).choose("owner_away", 1);
  cancel(hall);
  ASSERT_TRUE(hall.registry.authority().agree("m-0016-p2"));

  hall.reader.place(lobby::person("lin").card);
  comes_forward(hall, "tang");
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "sign"), 2);
  EXPECT_EQ(changeable_rows(hall), std::vector{assets::Text::field_other_owner}) << "one of the two";
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

TEST(CoOwners, AnInvitationThatTheRegistryRefusesIsNoFaultOfTheMachine) {
  Hall hall("chen");
  hall.registry.fail(FakeRegistry::Step::invite_party, FakeRegistry::Fault::before_work, Errc::refused);
  hall.ui.choose("other_owners", invite);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "left");
  ASSERT_NE(hall.ui.newest<screens::Problem>(), nullptr);
  EXPECT_EQ(hall.ui.newest<screens::Problem>()->kind, screens::Problem::Kind::declined);
  EXPECT_EQ(hall.ui.newest<screens::OwnerAway>(), nullptr) << "nothing is said to have been sent";
}

TEST(CoOwners, WhereTheRegistrySendsNoMessagesNoneIsOffered) {
  Hall hall("chen");
  hall.office.invitations = false;
  hall.ui.choose("other_owners", window).choose("owner_away", 0);
  cancel(hall);
  EXPECT_FALSE(hall.ui.newest<screens::OtherOwners>()->can_invite);
  EXPECT_EQ(hall.outcome(), "explained");
}

/// Chen is here, Liu is not and is to get a message. What must be true when Chen has left in the middle of
/// it.
void expect_nothing_half_done(Hall& hall) {
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);
  EXPECT_LE(messages_to_liu(hall), 1);
  EXPECT_LE(invitations_told(hall), messages_to_liu(hall))
      << "the trail tells of no message that nobody sent";
  EXPECT_TRUE(hall.pending().empty() && hall.papers_owed().empty());
  for (const auto& session : hall.unfinished()) EXPECT_FALSE(session.outcome.empty());
  EXPECT_FALSE(hall.card_asked_for()) << "it went back before anybody was invited";
  for (const auto* owner : {"chen", "liu"}) expect_a_clean_end(hall, owner);
  EXPECT_EQ(hall.everything_kept().find(lobby::person("liu").phone), std::string::npos);
}

TEST(CoOwners, WhoeverLeavesWhileTheOwnerIsInvitedLeavesNothingHalfDone) {
  std::map<std::string, int> invited_before;  // leaving on this page: messages that had gone out
  int page = 0;
  for (;; ++page) {
    Hall hall("chen");
    hall.ui.choose("other_owners", invite).choose("owner_away", 0);
    hall.ui.end_at(page, hall.end);
    cancel(hall);
    const std::string left_on(hall.ui.last().name());
    SCOPED_TRACE("left on page " + std::to_string(page) + ", " + left_on);
    if (hall.outcome() == "explained") break;
    EXPECT_EQ(hall.outcome(), "ended");
    if (std::ranges::count(hall.ui.pages(), "other_owners") == 0) continue;
    EXPECT_EQ(std::ranges::count(hall.ui.pages(), "card_read"), 1);
    expect_nothing_half_done(hall);
    invited_before[left_on] = messages_to_liu(hall);
    EXPECT_EQ(invitations_told(hall), messages_to_liu(hall));
  }
  EXPECT_EQ(invited_before.at("other_owners"), 0);
  EXPECT_EQ(invited_before.at("owner_away"), 1) << "the sweep must reach both sides of the message";
}

TEST(CoOwners, WhoeverLeavesWhileTheMessageGoesOutIsNotInvitingTwice) {
  for (const bool answer_lost : {false, true}) {
    Hall hall("chen");
    hall.ui.choose("other_owners", invite);
    hall.registry.after(FakeRegistry::Step::invite_party, [&hall] { hall.end.request_stop(); });
    if (answer_lost) hall.registry.fail(FakeRegistry::Step::invite_party, FakeRegistry::Fault::after_work);
    cancel(hall);
    EXPECT_EQ(hall.outcome(), "ended");
    EXPECT_EQ(messages_to_liu(hall), 1);
    EXPECT_EQ(invitations_told(hall), answer_lost ? 0 : 1) << "what is not known is not told";
    expect_nothing_half_done(hall);
  }
}

}  // namespace
}  // namespace kiosk::services
