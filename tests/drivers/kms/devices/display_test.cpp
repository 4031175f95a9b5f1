// The display on a machine without a graphics card: dark, and touched all the same.
#include "drivers/kms/display.hpp"

#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <linux/input.h>

#include "tests/drivers/kms/devices/touch_panel.hpp"
#include "tests/lobby/usb/emulated_usb.hpp"

namespace kiosk::testing {
namespace {

using namespace std::chrono_literals;
using Phase = hal::Touch::Phase;

[[maybe_unused]] const bool under_umockdev = lobby::restart_under_umockdev();

constexpr TouchPanel::Event report{EV_SYN, SYN_REPORT, 0};

std::unique_ptr<hal::Display> open(const drivers::KmsConfig& config = {}) {
  auto display = drivers::make_kms_display(config);
  EXPECT_TRUE(display) << display.error().what;
  return std::move(display).value();
}

std::optional<hal::Touch> next_touch(hal::Display& display) {
  const auto until = Steady::now() + 10s;
  while (const auto event = display.next_event(until)) {
    if (const auto* touch = std::get_if<hal::Touch>(&*event)) return *touch;
  }
  return std::nullopt;
}

void expect_touch(hal::Display& display, Phase phase, int x, int y) {
  const auto touch = next_touch(display);
  ASSERT_TRUE(touch);
  EXPECT_EQ(touch->phase, phase);
  EXPECT_EQ(touch->x, x);
  EXPECT_EQ(touch->y, y);
}

void tap_of_one_read(TouchPanel& panel, int x, int y) {
  panel.send({{EV_ABS, ABS_MT_TRACKING_ID, 7},
              {EV_ABS, ABS_MT_POSITION_X, x},
              {EV_ABS, ABS_MT_POSITION_Y, y},
              report,
              {EV_ABS, ABS_MT_TRACKING_ID, -1},
              report});
}

TEST(KmsDisplay, KeepsEveryKeyFromTheConsole) {
  for (const int key : {KEY_ENTER, KEY_Q, KEY_SYSRQ, KEY_POWER, BTN_LEFT}) {
    auto keyboard = TouchPanel::keyboard(key);
    const auto display = open();
    EXPECT_TRUE(keyboard.is_grabbed()) << key;
    keyboard.send({{EV_KEY, key, 1}, report, {EV_KEY, key, 0}, report});
    const auto event = display->next_event(Steady::now() + 200ms);
    EXPECT_EQ(event.has_value(), key == KEY_ENTER) << "what is not known does nothing";
  }
}

TEST(KmsDisplay, IsDarkWithoutACardAndSaysSo) {
  const TouchPanel none_needed(true);
  const auto display = open();
  EXPECT_EQ(display->canvas().width, 1080);
  EXPECT_EQ(display->canvas().height, 1920);
  EXPECT_EQ(display->status().state, hal::DeviceState::no_device);
  const hal::DotRect parts[] = {{0, 0, 10, 10}, {-5, -5, 9999, 9999}};
  EXPECT_TRUE(display->present(parts)) << "nobody's service ends for it";
}

TEST(KmsDisplay, ItsCanvasStandsUprightOnAPanelThatIsTurned) {
  const auto display = open({.panel = {.width = 1920, .height = 1080}, .turn = drivers::Turn::right});
  EXPECT_EQ(display->canvas().width, 1080);
  EXPECT_EQ(display->canvas().height, 1920);
}

TEST(KmsDisplay, AShortTapIsATap) {
  TouchPanel panel(true);
  const auto display = open();
  tap_of_one_read(panel, 540, 1919);
  expect_touch(*display, Phase::down, 540, 1919);
  expect_touch(*display, Phase::up, 540, 1919);
}

// The kernel passes on what changed: a finger that comes down where the last one was, before this program
// ran, tells no place.
TEST(KmsDisplay, AFingerWhereTheLastOneWasIsThere) {
  TouchPanel panel(true);
  panel.was_touched(540, 960);
  const auto display = open();
  panel.send({{EV_ABS, ABS_MT_TRACKING_ID, 7}, report});
  expect_touch(*display, Phase::down, 540, 960);
}

TEST(KmsDisplay, AMouseWhereItWasLastIsThere) {
  TouchPanel panel(false);
  panel.was_touched(16384, 32767);
  const auto display = open();
  panel.send({{EV_KEY, BTN_LEFT, 1}, report});
  expect_touch(*display, Phase::down, 540, 1919);
}

TEST(KmsDisplay, AFingerIsTurnedWithThePanel) {
  TouchPanel panel(true);  // 1080 by 1920 units, on a panel of 1080 by 1920 that lies on its right side
  const auto display = open({.panel = {.width = 1080, .height = 1920}, .turn = drivers::Turn::right});
  ASSERT_EQ(display->canvas().width, 1920);
  tap_of_one_read(panel, 0, 0);
  expect_touch(*display, Phase::down, 1919, 0);
}

TEST(KmsDisplay, AMouseWithAbsolutePlacesIsAFinger) {
  TouchPanel panel(false);
  const auto display = open();
  panel.send({{EV_ABS, ABS_X, 16384}, {EV_ABS, ABS_Y, 32767}, {EV_KEY, BTN_LEFT, 1}, report});
  expect_touch(*display, Phase::down, 540, 1919);
  panel.send({{EV_KEY, BTN_LEFT, 0}, report});
  expect_touch(*display, Phase::up, 540, 1919);
}

TEST(KmsDisplay, APanelThatIsUnpluggedLosesItsFingersAndComesBack) {
  TouchPanel panel(true);
  const auto display = open();
  panel.send({{EV_ABS, ABS_MT_TRACKING_ID, 7},
              {EV_ABS, ABS_MT_POSITION_X, 3},
              {EV_ABS, ABS_MT_POSITION_Y, 4},
              report});
  expect_touch(*display, Phase::down, 3, 4);
  panel.unplug();
  expect_touch(*display, Phase::lost, 3, 4);
  panel.plug();
  EXPECT_EQ(display->next_event(Steady::now() + 200ms), std::nullopt);  // takes it up
  tap_of_one_read(panel, 5, 6);
  expect_touch(*display, Phase::down, 5, 6);
}

TEST(KmsDisplay, WakingEndsAWaitAndIsNotLost) {
  const auto display = open();
  display->wake();
  EXPECT_EQ(display->next_event(Steady::now() + 10s), std::nullopt);
  const std::jthread later([&] {
    std::this_thread::sleep_for(20ms);
    display->wake();
  });
  const auto before = Steady::now();
  EXPECT_EQ(display->next_event(before + 10s), std::nullopt);
  EXPECT_LT(Steady::now() - before, 5s);
}

}  // namespace
}  // namespace kiosk::testing
