// A data partition that fills up: the kiosk says what it does not do, and goes on when there is room.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/image/updating.hpp"

namespace kiosk::image {
namespace {

using ::testing::HasSubstr;

class FullDisk : public Updating {
 protected:
  /// From power-on with so many megabytes left.
  void start_with(int megabytes) {
    machine_.reset();
    const auto left = leave_room(disk_, folder_, megabytes);
    ASSERT_TRUE(left) << left.error().what;
    power_on(true);
  }

  /// Why the update under way does not go on, once that is known.
  std::string await_reason() {
    const auto wait = Wait::of(400s);
    while (true) {
      const auto seen = updater_state(disk_, folder_, "put-off");
      if (seen && seen->action && !seen->action->reason.empty()) return seen->action->reason;
      if (!wait.sleep(5s)) return "it was not put off";
    }
  }
};

TEST_F(FullDisk, ClosesTheKioskOrPutsAnUpdateOffUntilThereIsRoom) {
  const auto made = make_release();
  const auto released = server_->release(made);
  ASSERT_TRUE(released) << released.error().what;

  ASSERT_NO_FATAL_FAILURE(start_with(0));
  ASSERT_NO_FATAL_FAILURE(
      expect_shown("no-room", closed(configuration_, "12:00"), 0.02, Wait::of(boot_time)));

  ASSERT_NO_FATAL_FAILURE(start_with(300));  // for records, and not for a bundle beside them
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-some-room"));
  EXPECT_THAT(await_reason(), HasSubstr("MB of the disk are free"));
  EXPECT_EQ(server_->asked_for("kiosk.raucb"), 0);
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-put-off"));

  ASSERT_NO_FATAL_FAILURE(start_with(1500));
  ASSERT_NO_FATAL_FAILURE(expect_attract("attract-room"));
  ASSERT_NO_FATAL_FAILURE(expect_back_soon("installing"));
  EXPECT_EQ(server_->asked_for("kiosk.raucb"), 1);
}

}  // namespace
}  // namespace kiosk::image
