// A system that is not on trial, and whose program does not come up any more: nobody judges it, and the guard
// sees it (image/root/guard).

#include <gmock/gmock.h>

#include "hal/base/file.hpp"
#include "tests/image/updating.hpp"

namespace kiosk::image {
namespace {

using Settled = Updating;

TEST_F(Settled, GivesWayWhenItsProgramDoesNotRunAnyMore) {
  ASSERT_NO_FATAL_FAILURE(poison('A', "frozen"));
  ASSERT_NO_FATAL_FAILURE(leave_one_try('A'));
  ASSERT_NO_FATAL_FAILURE(power_on(true));
  ASSERT_NO_FATAL_FAILURE(expect_restart("guarded", boot_time + 2100s));
  ASSERT_NO_FATAL_FAILURE(expect_attract("the-other", 400s));
  EXPECT_TRUE(counts('B', 0));
  EXPECT_FALSE(state("end").action) << "it was on trial";
  EXPECT_THAT(read_file(folder_ / "data-end/journal.txt", 32 << 20).value_or(""),
              ::testing::HasSubstr("the program on the glass does not run"));
  auto boots = boot_state(disk_);
  EXPECT_EQ(boots["PRIMARY"], "A") << "it has its turn again by night";
  EXPECT_NE(boots["A_BAD"], "1");
  EXPECT_EQ(boots["A_TRY"], "3");
}

}  // namespace
}  // namespace kiosk::image
