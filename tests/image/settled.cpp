// A system that is not on trial, and whose program does not come up any more, or no longer answers: nobody
// judges it; the guard sees the one (image/root/guard) and systemd the other.

#include <fstream>

#include <gmock/gmock.h>

#include "hal/base/file.hpp"
#include "tests/image/updating.hpp"

namespace kiosk::image {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Settled : public Updating {
 protected:
  std::string journal() {
    const auto data = read_data(disk_, folder_, "journal");  // of a disk in use, not every time
    return data ? read_file(*data / "journal.txt", 32 << 20).value_or("") : "";
  }

  /// The first time that the program is ready, it stands still 20 s later.
  void stop_once() {
    const auto units = folder_ / "release-1/more/etc/systemd/system/kiosk.service.d";
    fs::create_directories(units);
    std::ofstream(units / "stop.conf") << "[Service]\nExecStartPost=-/bin/sh -c '[ -e "
                                          "/var/lib/kiosk/stopped ] || { touch /var/lib/kiosk/stopped; "
                                          "sleep 20; kill -STOP \"$MAINPID\"; }'\n";
  }
};

TEST_F(Settled, GivesWayWhenItsProgramDoesNotRunAnyMore) {
  ASSERT_NO_FATAL_FAILURE(poison('A', "unready"));
  ASSERT_NO_FATAL_FAILURE(leave_one_try('A'));
  ASSERT_NO_FATAL_FAILURE(power_on(true));
  ASSERT_NO_FATAL_FAILURE(expect_restart("guarded", boot_time + 2100s));
  ASSERT_NO_FATAL_FAILURE(expect_attract("the-other", 2 * boot_time));
  EXPECT_TRUE(counts('B', 0));
  EXPECT_FALSE(state("end").action) << "it was on trial";
  EXPECT_THAT(journal(), HasSubstr("the program on the glass does not run"));
  const auto boots = boot_state(disk_);
  EXPECT_EQ(boots.first, 'A') << "it has its turn again by night";
  EXPECT_FALSE(boots.a_bad);
  EXPECT_EQ(boots.a_tries, 3);
}

TEST_F(Settled, ComesBackWhenItsProgramNoLongerAnswers) {
  ASSERT_NO_FATAL_FAILURE(stop_once());
  ASSERT_NO_FATAL_FAILURE(poison('A', "more"));
  ASSERT_NO_FATAL_FAILURE(power_on(false));
  ASSERT_NO_FATAL_FAILURE(expect_attract());
  const auto wait = Wait::of(400s);
  while (!journal().contains("kiosk.service: Watchdog timeout"))
    ASSERT_TRUE(wait.sleep(5s)) << "nobody saw it";
  ASSERT_NO_FATAL_FAILURE(touch_until_home(boot_time));  // it is still to be ended, and to start
}

}  // namespace
}  // namespace kiosk::image
