#include "drivers/kms/contacts.hpp"

#include <gtest/gtest.h>
#include <linux/input.h>

namespace kiosk::drivers {

static void PrintTo(const Contact& contact, std::ostream* out) {
  *out << "phase " << static_cast<int>(contact.phase) << " slot " << contact.slot << " at " << contact.x
       << ", " << contact.y;
}

namespace {

using Phase = hal::Touch::Phase;
using All = std::vector<Contact>;

struct Event {
  unsigned type, code;
  int value;
};
constexpr Event report{EV_SYN, SYN_REPORT, 0};
Event slot(int n) {
  return {EV_ABS, ABS_MT_SLOT, n};
}
Event finger(int id) {
  return {EV_ABS, ABS_MT_TRACKING_ID, id};
}
Event x(int value) {
  return {EV_ABS, ABS_MT_POSITION_X, value};
}
Event y(int value) {
  return {EV_ABS, ABS_MT_POSITION_Y, value};
}

All take(Contacts& contacts, std::initializer_list<Event> events) {
  All all;
  for (const auto& [type, code, value] : events) {
    for (const auto& contact : contacts.take(type, code, value)) all.push_back(contact);
  }
  return all;
}

TEST(Contacts, AFingerComesDownMovesAndComesUp) {
  Contacts contacts(Contacts::Kind::slots);
  EXPECT_EQ(take(contacts, {finger(7), x(100), y(200), report}), (All{{Phase::down, 0, 100, 200}}));
  EXPECT_EQ(take(contacts, {x(110), report}), (All{{Phase::move, 0, 110, 200}}));
  EXPECT_EQ(take(contacts, {finger(-1), report}), (All{{Phase::up, 0, 110, 200}}));
}

TEST(Contacts, AShortTapThatComesInOneReadIsATap) {
  Contacts contacts(Contacts::Kind::slots);
  EXPECT_EQ(take(contacts, {finger(7), x(1), y(2), report, finger(-1), report}),
            (All{{Phase::down, 0, 1, 2}, {Phase::up, 0, 1, 2}}));
}

TEST(Contacts, TwoFingersKeepTheirSlots) {
  Contacts contacts(Contacts::Kind::slots);
  EXPECT_EQ(take(contacts, {slot(0), finger(7), x(1), y(2), slot(1), finger(8), x(3), y(4), report}),
            (All{{Phase::down, 0, 1, 2}, {Phase::down, 1, 3, 4}}));
  EXPECT_EQ(take(contacts, {slot(0), finger(-1), report}), (All{{Phase::up, 0, 1, 2}}));
  EXPECT_EQ(take(contacts, {slot(1), y(9), report}), (All{{Phase::move, 1, 3, 9}}));
}

TEST(Contacts, APanelMayLeaveOutWhatDidNotChange) {
  Contacts contacts(Contacts::Kind::slots);
  take(contacts, {finger(7), x(1), y(2), report, finger(-1), report});
  EXPECT_EQ(take(contacts, {finger(8), y(5), report}), (All{{Phase::down, 0, 1, 5}}));
}

TEST(Contacts, ASlotThatChangesHandsComesUpInBetween) {
  Contacts contacts(Contacts::Kind::slots);
  take(contacts, {finger(7), x(1), y(2), report});
  EXPECT_EQ(take(contacts, {finger(8), x(50), y(60), report}),
            (All{{Phase::up, 0, 50, 60}, {Phase::down, 0, 50, 60}}));
}

TEST(Contacts, AnEleventhFingerIsNotFollowed) {
  Contacts contacts(Contacts::Kind::slots);
  for (const int wrong : {10, 1000, -1}) {
    EXPECT_EQ(take(contacts, {slot(wrong), finger(7), x(1), y(2), report}), All{});
  }
  EXPECT_EQ(take(contacts, {slot(9), finger(7), x(1), y(2), report}), (All{{Phase::down, 9, 1, 2}}));
}

TEST(Contacts, APanelOfOneFingerSaysItByItsButton) {
  for (const auto button : {unsigned{BTN_TOUCH}, unsigned{BTN_LEFT}}) {
    Contacts contacts(Contacts::Kind::single);
    EXPECT_EQ(take(contacts, {{EV_ABS, ABS_X, 10}, {EV_ABS, ABS_Y, 20}, report}), All{}) << "hovering";
    EXPECT_EQ(take(contacts, {{EV_KEY, button, 1}, report}), (All{{Phase::down, 0, 10, 20}}));
    EXPECT_EQ(take(contacts, {{EV_ABS, ABS_X, 11}, report}), (All{{Phase::move, 0, 11, 20}}));
    EXPECT_EQ(take(contacts, {{EV_KEY, button, 0}, report}), (All{{Phase::up, 0, 11, 20}}));
  }
}

TEST(Contacts, FingersOfAPanelThatWentAreLostOnce) {
  Contacts contacts(Contacts::Kind::slots);
  take(contacts, {finger(7), x(1), y(2), report});
  EXPECT_EQ(contacts.lose_all(), (All{{Phase::lost, 0, 1, 2}}));
  EXPECT_EQ(contacts.lose_all(), All{});
  EXPECT_EQ(take(contacts, {finger(-1), report}), All{});
}

}  // namespace
}  // namespace kiosk::drivers
