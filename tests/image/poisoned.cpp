// New systems that are not well in every way that one can be. Each takes the place of a good one that was
// just installed, and has one try left: how a good one gets there, and that there are three, is told beside.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/image/updating.hpp"

namespace kiosk::image {
namespace {

namespace fs = std::filesystem;
using updater::Outcome;

class Poisoned : public Updating {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(Updating::SetUp());
    ASSERT_NO_FATAL_FAILURE(install("none"));
    machine_.reset();
    installed_ = copy(disk_, "installed");
  }

  void TearDown() override {
    Updating::TearDown();
    fs::remove_all(folder_ / "installed");
  }

  /// From its last try back to A, which knows why.
  void expect_way_back(const char* fault, std::chrono::seconds at_most, const char* reason) {
    SCOPED_TRACE(fault);
    const auto made = make_release(fault, 2);
    disk_ = copy(installed_, "poisoned");
    const auto poisoned = run_script("poison-disk", {disk_.disk, made}, folder_ / "poison-disk.log", 60s);
    ASSERT_TRUE(poisoned) << poisoned.error().what;
    ASSERT_NO_FATAL_FAILURE(leave_one_try());
    fs::remove_all(made);
    ASSERT_NO_FATAL_FAILURE(power_on(true));
    ASSERT_NO_FATAL_FAILURE(expect_restart(fault, at_most));
    ASSERT_NO_FATAL_FAILURE(expect_attract(fmt::format("back-from-{}", fault).c_str(), 400s));
    const auto ended = await_end(120s);
    EXPECT_EQ(ended.outcome, Outcome::rolled_back);
    EXPECT_EQ(ended.reason, reason);
    auto boots = boot_state(disk_);
    EXPECT_EQ(boots["PRIMARY"], "A");
    EXPECT_EQ(boots["B_BAD"], "1") << "passed over";
    machine_.reset();
    fs::remove_all(folder_ / "poisoned");
  }

 private:
  KioskDisk installed_;
};

TEST_F(Poisoned, WhateverIsWrongWithANewSystemTheOldOneComesBack) {
  expect_way_back("panic", boot_time, "the new system did not start");
  expect_way_back("hang", boot_time + 120s, "the new system did not start");
  expect_way_back("crash", boot_time + 600s, "the program on the glass does not answer");
  expect_way_back("no_data", boot_time + 1200s, "the new system did not start");
  expect_way_back("mute", boot_time + 1200s, "the new system did not start");
}

}  // namespace
}  // namespace kiosk::image
