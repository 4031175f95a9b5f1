// New systems that are not well in every way that one can be. Each takes the place of a good one that was
// just installed, and has one try left: that a good one gets there and stays, and that one that does not
// start has three, is told by `update`.

#include <gtest/gtest.h>

#include "tests/image/updating.hpp"

namespace kiosk::image {
namespace {

using updater::Outcome;

class Poisoned : public Updating {
 protected:
  /// `fault`: what is wrong with it (make-release). `at_most`: so long it may keep the machine, while
  /// others use the processors too. `reason`: what A says then.
  void expect_way_back(const char* fault, std::chrono::seconds at_most, const char* reason) {
    ASSERT_NO_FATAL_FAILURE(make_installed());
    ASSERT_NO_FATAL_FAILURE(poison('B', fault));
    ASSERT_NO_FATAL_FAILURE(leave_one_try('B'));
    ASSERT_NO_FATAL_FAILURE(power_on(true));
    ASSERT_NO_FATAL_FAILURE(expect_restart(fault, at_most));
    ASSERT_NO_FATAL_FAILURE(expect_attract("back", 2 * boot_time));
    const auto ended = await_end(120s);
    EXPECT_EQ(ended.outcome, Outcome::rolled_back);
    EXPECT_EQ(ended.reason, reason);
    const auto boots = boot_state(disk_);
    EXPECT_EQ(boots.first, 'A');
    EXPECT_TRUE(boots.b_bad) << "passed over";
  }
};

constexpr const char* no_start = "the new system did not start";

TEST_F(Poisoned, GivesWayWhenItsProgramEndsAtOnce) {
  expect_way_back("crash", boot_time + 600s, "the program on the glass does not answer");
}

TEST_F(Poisoned, GivesWayWhenItOpensNoData) {
  expect_way_back("no_data", boot_time + 500s, no_start);
}

TEST_F(Poisoned, GivesWayWhenItHasNoUpdater) {
  expect_way_back("mute", boot_time + 500s, no_start);
}

TEST_F(Poisoned, GivesWayWhenItHangs) {
  expect_way_back("hang", boot_time + 120s, no_start);
}

TEST_F(Poisoned, GivesWayWhenItPanics) {
  expect_way_back("panic", boot_time, no_start);
}

}  // namespace
}  // namespace kiosk::image
