// When a kiosk may close for an update, and how long it leaves alone what did not work.

#include "firmware/updater/window.hpp"

#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "firmware/update/metadata.hpp"
#include "firmware/updater/pause.hpp"

namespace kiosk::updater {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

const Window night{.opens = 1h, .closes = 5h};
const Window over_midnight{.opens = 23h, .closes = 5h};

/// A moment by the hall's clock, eight hours ahead of UTC.
WallTime hall(const char* time) {
  return *update::read_time(std::string("2026-08-01T") + time + "Z") - 8h;
}

/// The kiosk's own opening, found by asking at everybody's.
milliseconds spread(const Window& window, std::string_view kiosk, WallTime opens) {
  return until_open(window, kiosk, opens);
}

TEST(AWindow, OpensForEachKioskInItsFirstThreeQuartersAndClosesForAllAtOnce) {
  for (int i = 0; i < 200; ++i) {
    const auto kiosk = "K" + std::to_string(i);
    const auto own = spread(night, kiosk, hall("01:00:00"));
    EXPECT_LT(own, 3h);
    EXPECT_EQ(until_open(night, kiosk, hall("01:00:00") + own / 2), own - own / 2);
    EXPECT_EQ(until_open(night, kiosk, hall("01:00:00") + own), 0ms);
    EXPECT_EQ(until_open(night, kiosk, hall("04:59:59")), 0ms);
    EXPECT_EQ(until_open(night, kiosk, hall("05:00:00")), 20h + own);
    EXPECT_EQ(until_open(night, kiosk, hall("00:59:59")), 1s + own);
  }
}

TEST(AWindow, SpreadsKiosksEvenly) {
  std::map<int, int> by_half_hour;
  for (int i = 0; i < 6000; ++i) {
    const auto own = spread(night, "KIOSK-" + std::to_string(i), hall("01:00:00"));
    ++by_half_hour[static_cast<int>(own / 30min)];
  }
  EXPECT_EQ(by_half_hour.size(), 6U);
  for (const auto& [half_hour, kiosks] : by_half_hour) {
    EXPECT_GT(kiosks, 800) << half_hour;
    EXPECT_LT(kiosks, 1200) << half_hour;
  }
}

TEST(AWindow, MayLieOverMidnight) {
  for (const auto* kiosk : {"K1", "K2", "K3", "K4", "K5"}) {
    const auto own = spread(over_midnight, kiosk, hall("23:00:00"));
    EXPECT_LT(own, 4h + 30min);
    EXPECT_EQ(until_open(over_midnight, kiosk, hall("23:00:00") + own), 0ms);
    EXPECT_EQ(until_open(over_midnight, kiosk, hall("04:59:59")), 0ms);
    EXPECT_EQ(until_open(over_midnight, kiosk, hall("12:00:00")), 11h + own);
    EXPECT_EQ(until_open(over_midnight, kiosk, hall("05:00:00")), 18h + own);
  }
}

TEST(AWindow, OfTheWholeDayIsAlwaysOpen) {
  for (const auto* time : {"00:00:00", "04:00:00", "23:59:59"}) {
    EXPECT_EQ(until_open({.opens = 4h, .closes = 4h}, "K3", hall(time)), 0ms);
  }
}

TEST(AWindow, IsAskedOfAnyClock) {
  for (const auto* time : {"1970-01-01T00:00:00Z", "2099-12-31T23:59:59Z"}) {
    const auto left = until_open(night, "K3", *update::read_time(time));
    EXPECT_GE(left, 0ms);
    EXPECT_LE(left, 24h + 3h);
  }
  EXPECT_LE(until_open(night, "K3", WallTime(milliseconds(-86'400'000'001))), 27h);
}

TEST(AWindow, FollowsAClockThatIsSet) {
  const auto own = spread(night, "K3", hall("01:00:00"));
  EXPECT_EQ(until_open(night, "K3", hall("01:00:00") + own + 1min), 0ms);
  EXPECT_GT(until_open(night, "K3", hall("01:00:00") + own - 1min), 0ms) << "set back";
  EXPECT_GT(until_open(night, "K3", hall("12:00:00")), 12h) << "set forward, past it";
}

TEST(BackOff, DoublesFromAMinuteToAnHourAndScatters) {
  for (int failures = 1; failures <= 40; ++failures) {
    const auto whole =
        std::min<milliseconds>(1h, failures > 6 ? 1h : milliseconds(1min) * (1 << (failures - 1)));
    std::set<milliseconds> seen;
    for (const std::uint32_t chance : {0U, 1U, 17'000U, 123'456'789U, 4'294'967'295U}) {
      const auto pause = back_off(failures, chance, std::nullopt);
      EXPECT_LE(pause, whole);
      EXPECT_GE(pause, whole / 2);
      seen.insert(pause);
    }
    EXPECT_GT(seen.size(), 2U);
  }
}

TEST(BackOff, HeedsWhatTheServerAsksForUpToADay) {
  EXPECT_EQ(back_off(1, 0, 600s), 10min);
  EXPECT_EQ(back_off(1, 0, 1s), 1min);
  EXPECT_EQ(back_off(1, 0, std::chrono::hours(1000)), 24h);
}

TEST(APause, IsOverWhenTheClockWasSetBackFar) {
  const auto now = hall("12:00:00");
  EXPECT_EQ(left_until(now + 5min, now), 5min);
  EXPECT_EQ(left_until(now, now), 0ms);
  EXPECT_EQ(left_until(now - 5min, now), 0ms);
  EXPECT_EQ(left_until(now + 25h, now), 0ms) << "nothing is put off for so long: the clock was in the future";
}

}  // namespace
}  // namespace kiosk::updater
