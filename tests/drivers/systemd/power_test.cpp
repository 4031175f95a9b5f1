#include "drivers/systemd/power.hpp"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/temporary_folder.hpp"

namespace kiosk::drivers {
namespace {

class Supplies : public ::testing::Test {
 protected:
  void set(const std::string& supply, const std::string& what, const std::string& value) {
    std::filesystem::create_directories(folder / supply);
    std::ofstream(folder / supply / what) << value << "\n";
  }
  hal::Mains mains() { return make_systemd_power(folder.path())->mains(); }

  kiosk::testing::TemporaryFolder folder;
};

TEST_F(Supplies, AMachineThatListsNoneHangsOnTheMains) {
  EXPECT_EQ(mains(), hal::Mains::on);
  EXPECT_EQ(make_systemd_power("/nowhere")->mains(), hal::Mains::on);
}

TEST_F(Supplies, ABatteryThatIsFullBesideTheMainsChangesNothing) {
  set("AC", "type", "Mains");
  set("AC", "online", "1");
  set("BAT0", "type", "Battery");
  set("BAT0", "status", "Full");
  set("BAT0", "capacity", "100");
  EXPECT_EQ(mains(), hal::Mains::on);
}

TEST_F(Supplies, WithoutMainsTheBatterySaysHowLong) {
  set("AC", "type", "Mains");
  set("AC", "online", "0");
  EXPECT_EQ(mains(), hal::Mains::on_battery);
  set("UPS", "type", "UPS");
  set("UPS", "capacity", "19");
  EXPECT_EQ(mains(), hal::Mains::battery_low);
  set("UPS", "capacity", "20");
  EXPECT_EQ(mains(), hal::Mains::on_battery);
}

TEST_F(Supplies, AMouseIsNoSupply) {
  set("hid", "type", "Battery");
  set("hid", "scope", "Device");
  set("hid", "status", "Discharging");
  set("hid", "capacity", "3");
  EXPECT_EQ(mains(), hal::Mains::on);
}

TEST(SystemdPower, IsAskedForByAFile) {
  const kiosk::testing::TemporaryFolder folder;
  const auto power = make_systemd_power("/nowhere", folder.path());
  EXPECT_TRUE(power->restart());
  EXPECT_TRUE(std::filesystem::exists(folder / "reboot"));
  EXPECT_FALSE(std::filesystem::exists(folder / "poweroff"));
  EXPECT_TRUE(power->restart()) << "once more, while nobody has seen the first";
  EXPECT_TRUE(power->switch_off());
  EXPECT_TRUE(std::filesystem::exists(folder / "poweroff"));
}

TEST(SystemdPower, WhereNobodyWaitsForItItIsUnreachable) {
  EXPECT_EQ(make_systemd_power("/nowhere", "/nowhere")->restart().error().code, Errc::unreachable);
  EXPECT_EQ(make_systemd_power("/nowhere", "/nowhere")->switch_off().error().code, Errc::unreachable);
}

TEST(SystemdPower, WhoMayNotIsRefused) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can be somebody else";
  const kiosk::testing::TemporaryFolder folder;
  const auto power = make_systemd_power("/nowhere", folder.path());
  const pid_t child = ::fork();
  if (child == 0) {
    const bool other = ::setuid(65534) == 0;
    const auto asked = power->restart();
    ::_exit(other && !asked && asked.error().code == Errc::refused ? 0 : 1);
  }
  int status = 1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace kiosk::drivers
