#include "drivers/systemd/power.hpp"

#include <cstdlib>
#include <fstream>

#include <gmock/gmock.h>

#include "tests/lobby/systemd/service_manager.hpp"
#include "tests/lobby/wire/private_bus.hpp"
#include "tests/support/must.hpp"
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

TEST(SystemdPower, IsAskedForInTheOrderlyWay) {
  const kiosk::testing::TemporaryFolder folder;
  const auto bus = kiosk::testing::must(lobby::PrivateBus::start(folder.path()));
  ::setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address().c_str(), 1);
  lobby::ServiceManager manager(bus.address());
  EXPECT_TRUE(make_systemd_power()->restart());
  EXPECT_TRUE(make_systemd_power()->switch_off());
  EXPECT_THAT(manager.started(), ::testing::ElementsAre("reboot.target replace-irreversibly",
                                                        "poweroff.target replace-irreversibly"));
  manager.refuse();
  EXPECT_EQ(make_systemd_power()->restart().error().code, Errc::refused);
}

TEST(SystemdPower, WithoutAServiceManagerItIsUnreachable) {
  ::setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/bus", 1);
  EXPECT_EQ(make_systemd_power()->restart().error().code, Errc::unreachable);
  EXPECT_EQ(make_systemd_power()->switch_off().error().code, Errc::unreachable);
}

}  // namespace
}  // namespace kiosk::drivers
