// New systems that are not well in every way that one can be. Each takes the place of a good one that was
// just installed, and has one try left: how a good one gets there, and that there are three, is told beside.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/image/updating.hpp"

namespace kiosk::image {
namespace {

using updater::Outcome;

/// What is wrong with it (make-release), how long it may keep the machine, and what A says then.
struct Fault {
  const char* name;
  std::chrono::seconds at_most;
  const char* reason;
};

class Poisoned : public Updating, public ::testing::WithParamInterface<Fault> {};

TEST_P(Poisoned, GivesWayToTheOldOne) {
  const auto& [fault, at_most, reason] = GetParam();
  ASSERT_NO_FATAL_FAILURE(install("none"));
  machine_.reset();
  const auto made = make_release(fault, 2);
  const auto poisoned = run_script("poison-disk", {disk_.disk, made}, folder_ / "poison-disk.log", 60s);
  ASSERT_TRUE(poisoned) << poisoned.error().what;
  ASSERT_NO_FATAL_FAILURE(leave_one_try());
  ASSERT_NO_FATAL_FAILURE(power_on(true));
  ASSERT_NO_FATAL_FAILURE(expect_restart(fault, at_most));
  ASSERT_NO_FATAL_FAILURE(expect_attract("back", 400s));
  const auto ended = await_end(120s);
  EXPECT_EQ(ended.outcome, Outcome::rolled_back);
  EXPECT_EQ(ended.reason, reason);
  auto boots = boot_state(disk_);
  EXPECT_EQ(boots["PRIMARY"], "A");
  EXPECT_EQ(boots["B_BAD"], "1") << "passed over";
}

INSTANTIATE_TEST_SUITE_P(
    System, Poisoned,
    ::testing::Values(Fault{"panic", boot_time, "the new system did not start"},
                      Fault{"hang", boot_time + 120s, "the new system did not start"},
                      Fault{"crash", boot_time + 600s, "the program on the glass does not answer"},
                      Fault{"no_data", boot_time + 1200s, "the new system did not start"},
                      Fault{"mute", boot_time + 1200s, "the new system did not start"}),
    [](const auto& instance) { return std::string(instance.param.name); });

}  // namespace
}  // namespace kiosk::image
