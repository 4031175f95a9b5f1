// A new system that runs well in a hall where something no longer works that worked before: nobody knows that
// it is not the system's fault, so the old one comes back and says what was missing.

#include <gtest/gtest.h>

#include "tests/image/updating.hpp"

namespace kiosk::image {
namespace {

using updater::Outcome;

class Gate : public Updating {
 protected:
  Gate() : Updating(true) {}
};

TEST_F(Gate, SaysWhatIsMissingAndGoesBack) {
  ASSERT_NO_FATAL_FAILURE(make_installed());
  ASSERT_NO_FATAL_FAILURE(leave_one_try('B'));
  ASSERT_NO_FATAL_FAILURE(power_on(true));
  hall_->reader().unplug();
  hall_->registry().cut_network(true);
  ASSERT_TRUE(counts('B', 3)) << "on its last try";
  ASSERT_NO_FATAL_FAILURE(expect_back_soon("trial"));
  ASSERT_NO_FATAL_FAILURE(expect_restart("judged", boot_time + 900s));

  hall_->reader().plug();
  hall_->registry().cut_network(false);
  ASSERT_NO_FATAL_FAILURE(expect_attract("back-on-a", 2 * boot_time));
  const auto ended = await_end(120s);
  EXPECT_EQ(ended.outcome, Outcome::rolled_back);
  EXPECT_EQ(ended.reason,
            "id_reader worked before and does not now; the registry was reached before and is not now");
  const auto boots = boot_state(disk_);
  EXPECT_EQ(boots.first, 'A');
  EXPECT_TRUE(boots.b_bad) << "passed over";
}

}  // namespace
}  // namespace kiosk::image
