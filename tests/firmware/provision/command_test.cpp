// A stick from plugging in to pulling out, as the glass is told.

#include "firmware/provision/command.hpp"

#include <gtest/gtest.h>

#include "firmware/provision/progress.hpp"
#include "hal/base/log.hpp"
#include "tests/firmware/provision/machine.hpp"
#include "tests/support/fake_power.hpp"

namespace kiosk::provision {
namespace {

class Command : public ::testing::Test, public TestMachine {
 protected:
  Command() {
    log::set_sink([](log::Level, std::string_view) {});
    stick.when_asked = [this] {
      seen = word();
      stick.in = ++times_asked < 2;
    };
  }
  ~Command() override { log::set_sink({}); }

  int run() {
    auto self = machine();
    return provision_command(stick, self, power, folder.path(), {});
  }
  std::string word() const { return read_progress(folder.path()).stick; }

  testing::FakePower power;
  std::string seen;  ///< before it was pulled out
  int times_asked = 0;
};

TEST_F(Command, TellsTheGlassAndRestartsTheMachine) {
  stick.files[this_machine + ".kiosk"] = City::ours().file(good_settings());
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(times_asked, 2) << "it waits until the stick is pulled out";
  EXPECT_EQ(seen, "settings_taken");
  EXPECT_TRUE(power.restart_asked);
  EXPECT_EQ(word(), "settings_taken") << "until the machine is down";
}

TEST_F(Command, ARecoveryEndsInARestartToo) {
  has_data = false;
  stick.files[this_machine + ".kiosk"] =
      City::ours().file(Recovery{.head = good_settings().head, .key = data.key});
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(seen, "data_opened");
  EXPECT_TRUE(power.restart_asked);
}

TEST_F(Command, SaysWhyAStickIsRefusedUntilItIsPulledOut) {
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(seen, "refused.no_file");
  EXPECT_EQ(word(), "") << "the next one may come";
  EXPECT_FALSE(power.restart_asked);
}

TEST(Progress, IsWhatStandsInTheFolder) {
  const testing::TemporaryFolder folder;
  EXPECT_EQ(read_progress(folder.path()), Progress{});
  ASSERT_TRUE(replace_file(folder / "trouble", "foreign\n"));
  write_stick_progress(folder.path(), "refused.expired");
  EXPECT_EQ(read_progress(folder.path()), (Progress{.trouble = "foreign", .stick = "refused.expired"}));
}

}  // namespace
}  // namespace kiosk::provision
