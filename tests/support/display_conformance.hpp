#pragma once
// What every display does. A rig has display(), of any size above 40 x 30, and tap(x, y), which a hand does
// from outside: a short press of one finger.

#include <algorithm>
#include <thread>

#include <gtest/gtest.h>

#include "hal/display.hpp"

namespace kiosk::testing {

template <class Rig>
class DisplayConformance : public ::testing::Test {
 protected:
  /// The next input that is a finger's.
  std::optional<hal::Touch> next_touch() {
    const auto until = Steady::now() + std::chrono::seconds(20);
    while (Steady::now() < until) {
      const auto event = rig.display().next_event(until);
      if (event && std::holds_alternative<hal::Touch>(*event)) return std::get<hal::Touch>(*event);
    }
    return std::nullopt;
  }

  Rig rig;
};

TYPED_TEST_SUITE_P(DisplayConformance);

TYPED_TEST_P(DisplayConformance, WhatIsPaintedStaysWhereItWasPainted) {
  auto& display = this->rig.display();
  const auto canvas = display.canvas();
  ASSERT_GT(canvas.width, 40);
  ASSERT_GT(canvas.height, 30);
  ASSERT_GE(canvas.stride, canvas.width);
  const auto last = (canvas.height - 1) * canvas.stride + canvas.width - 1;
  canvas.dots[0] = 0x00102030;
  canvas.dots[last] = 0x00FF8800;
  const hal::DotRect parts[] = {{0, 0, 10, 10}, {canvas.width - 10, canvas.height - 10, 10, 10}};
  EXPECT_TRUE(display.present(parts));
  EXPECT_TRUE(display.present({}));
  const auto later = display.canvas();
  EXPECT_EQ(later.dots[0], 0x00102030U);
  EXPECT_EQ(later.dots[last], 0x00FF8800U);
}

TYPED_TEST_P(DisplayConformance, APartOverTheEdgeIsCut) {
  auto& display = this->rig.display();
  const auto canvas = display.canvas();
  const hal::DotRect parts[] = {
      {-5, -5, 10, 10}, {canvas.width - 5, canvas.height - 5, 1000, 1000}, {3, 3, 0, 0}};
  EXPECT_TRUE(display.present(parts));
}

TYPED_TEST_P(DisplayConformance, AFingerComesInDotsOfTheCanvasAndInOrder) {
  this->rig.tap(30, 20);
  const auto down = this->next_touch();
  const auto up = this->next_touch();
  ASSERT_TRUE(down && up);
  EXPECT_EQ(down->phase, hal::Touch::Phase::down);
  EXPECT_EQ(up->phase, hal::Touch::Phase::up);
  EXPECT_EQ(down->x, 30);
  EXPECT_EQ(down->y, 20);
  EXPECT_EQ(down->finger, up->finger);
  EXPECT_LE(down->at, up->at);
}

TYPED_TEST_P(DisplayConformance, AFingerEndsAWait) {
  std::jthread person([this] { this->rig.tap(1, 1); });
  EXPECT_TRUE(this->next_touch());
}

TYPED_TEST_P(DisplayConformance, AWaitThatIsOverGivesNothing) {
  EXPECT_FALSE(this->rig.display().next_event(Steady::now()));
  EXPECT_FALSE(this->rig.display().next_event(Steady::now() - std::chrono::hours(1)));
  EXPECT_FALSE(this->rig.display().next_event(Steady::now() + milliseconds(30)));
}

TYPED_TEST_P(DisplayConformance, AWakeEndsTheWaitUnderWayOrTheNextOne) {
  auto& display = this->rig.display();
  display.wake();
  EXPECT_FALSE(display.next_event(Steady::time_point::max()));
  std::jthread other([&] { display.wake(); });
  EXPECT_FALSE(display.next_event(Steady::time_point::max()));
  other.join();
  this->rig.tap(1, 1);
  EXPECT_TRUE(this->next_touch()) << "a wake takes nothing away";
}

REGISTER_TYPED_TEST_SUITE_P(DisplayConformance, WhatIsPaintedStaysWhereItWasPainted, APartOverTheEdgeIsCut,
                            AFingerComesInDotsOfTheCanvasAndInOrder, AFingerEndsAWait,
                            AWaitThatIsOverGivesNothing, AWakeEndsTheWaitUnderWayOrTheNextOne);

}  // namespace kiosk::testing
