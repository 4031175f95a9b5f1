// RAUC's driver on a disk of files, with a service that writes what is in a bundle.

#include <cstdlib>
#include <fstream>

#include "drivers/rauc/boot_state.hpp"
#include "drivers/rauc/installed.hpp"
#include "drivers/rauc/rauc.hpp"
#include "hal/base/file.hpp"
#include "tests/drivers/rauc/boot_loader.hpp"
#include "tests/drivers/rauc/bundles.hpp"
#include "tests/lobby/rauc/rauc_service.hpp"
#include "tests/lobby/wire/private_bus.hpp"
#include "tests/support/must.hpp"
#include "tests/support/slots_conformance.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::testing {
namespace {

using hal::Slot;

/// Made once: a key takes longer than a test.
const BundleMaker& bundles() {
  static const TemporaryFolder folder;
  static const BundleMaker maker(folder.path());
  return maker;
}

class RaucDisk {
 public:
  RaucDisk() : bus_(must(lobby::PrivateBus::start(folder_.path()))) {
    ::setenv("DBUS_SYSTEM_BUS_ADDRESS", bus_.address().c_str(), 1);
    for (const auto* name : {"state", "installed"}) std::filesystem::create_directory(folder_ / name);
    std::ofstream(partition(Slot::a, "rootfs")) << drivers::rauc::label_text(label(1)) << "rest";
    power_on();
  }

  hal::Slots& slots() { return *slots_; }
  lobby::RaucService& service() { return *service_; }
  std::filesystem::path bundle(std::int64_t secver) { return bundles().make(label(secver)); }
  std::filesystem::path unsigned_bundle() { return bundles().make(label(9), "stranger"); }
  std::filesystem::path bundle_of_the_servers_key() { return bundles().make(label(9), "server"); }
  std::filesystem::path no_bundle() {
    const auto file = folder_ / "no.raucb";
    std::ofstream(file) << std::string(100'000, 'x');
    return file;
  }

  Slot power_on() {
    const auto runs = boot(folder_ / "state");
    places_ = {.state = folder_ / "state",
               .installed = folder_ / "installed",
               .label = folder_ / "label",
               .keyring = bundles().keyring(),
               .cmdline = folder_ / "cmdline",
               .start = folder_ / "boot_id",
               .partitions = {partitions(Slot::a), partitions(Slot::b)}};
    std::ofstream(places_.cmdline) << "quiet rauc.slot=" << name_of(runs) << " panic=10\n";
    std::ofstream(places_.start) << "start " << ++starts_ << "\n";
    const auto root = must(read_file(partition(runs, "rootfs"), 1'000'000));
    std::ofstream(places_.label) << root.substr(0, root.find('\n', root.find("data_schema")) + 1);
    service_.reset();
    service_ = std::make_unique<lobby::RaucService>(bus_.address(), partitions(hal::other(runs)));
    slots_ = drivers::make_rauc(places_);
    return runs;
  }

  void cut_power_in_install(const std::filesystem::path& bundle) {
    service_->conduct({.dies = true});
    EXPECT_EQ(slots_->install(
                        bundle, [](int) {}, Wait::of(std::chrono::minutes(1)))
                  .error()
                  .code,
              Errc::unreachable);
  }

  std::optional<Slot> on_trial() const {
    return must(drivers::rauc::BootState(folder_ / "state").choice()).on_trial;
  }

  void break_boot_state() { std::ofstream(folder_ / "state" / "try.env") << "garbage"; }

  std::filesystem::path partition(Slot slot, const std::string& name) const {
    return folder_ / (name + name_of(slot));
  }

 private:
  static hal::SystemLabel label(std::int64_t secver) {
    return {.version = "2026." + std::to_string(secver), .secver = secver, .data_schema = 3};
  }
  std::map<std::string, std::filesystem::path> partitions(Slot slot) const {
    return {{"rootfs", partition(slot, "rootfs")}, {"boot", partition(slot, "boot")}};
  }

  TemporaryFolder folder_;
  lobby::PrivateBus bus_;
  drivers::RaucPlaces places_;
  std::unique_ptr<lobby::RaucService> service_;
  std::unique_ptr<hal::Slots> slots_;
  int starts_ = 0;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Rauc, SlotsConformance, RaucDisk);

class RaucSlots : public ::testing::Test {
 protected:
  Errc install_fails_with(const std::string& words) {
    disk.service().conduct({.fails = words});
    const auto installed =
        disk.slots().install(disk.bundle(2), [](int) {}, Wait::of(std::chrono::minutes(1)));
    return installed ? Errc::internal : installed.error().code;
  }
  RaucDisk disk;
};

TEST_F(RaucSlots, ANewSystemIsOnTrialUntilSomebodyCallsItGoodOrBad) {
  EXPECT_FALSE(disk.on_trial());
  const auto begin_trial = [&](std::int64_t secver) {
    ASSERT_TRUE(disk.slots().install(disk.bundle(secver), [](int) {}, Wait::of(std::chrono::minutes(1))));
    EXPECT_FALSE(disk.on_trial()) << "while it is not to be started";
    ASSERT_TRUE(disk.slots().activate(Slot::b));
    ASSERT_TRUE(disk.slots().activate(Slot::b));
    EXPECT_EQ(disk.on_trial(), Slot::b);
  };
  begin_trial(2);
  ASSERT_TRUE(disk.slots().mark_good(Slot::a));
  EXPECT_EQ(disk.on_trial(), Slot::b);
  ASSERT_TRUE(disk.slots().mark_bad(Slot::b));
  EXPECT_FALSE(disk.on_trial());
  begin_trial(3);
  ASSERT_TRUE(disk.slots().activate(Slot::a));
  EXPECT_FALSE(disk.on_trial()) << "back to one that worked";
  begin_trial(4);
  ASSERT_TRUE(disk.slots().mark_good(Slot::b));
  EXPECT_FALSE(disk.on_trial());
}

// The words are RAUC 1.8's.
TEST_F(RaucSlots, WhatTheInstallerSaysDecidesWhatItMeans) {
  EXPECT_EQ(install_fails_with("Installation error: Handler error: Child process exited with code 1"),
            Errc::storage);
  EXPECT_EQ(install_fails_with("Pre-install handler error: Child process exited with code 1"), Errc::refused);
  EXPECT_EQ(install_fails_with("Compatible mismatch: Expected 'kiosk-x86' but bundle manifest has 'other'"),
            Errc::refused);
  EXPECT_EQ(install_fails_with("Failed to copy image: Error reading from file: Input/output error"),
            Errc::malformed);
  EXPECT_EQ(install_fails_with("Error opening output device: No space left on device"), Errc::storage);
}

TEST_F(RaucSlots, AKeyForSomethingElseSignsNoBundle) {
  const auto manifest =
      disk.slots().inspect(disk.bundle_of_the_servers_key(), Wait::of(std::chrono::minutes(1)));
  ASSERT_FALSE(manifest);
  EXPECT_EQ(manifest.error().code, Errc::refused);
}

TEST_F(RaucSlots, WhoeverInstallsAlreadyIsNotDisturbed) {
  disk.service().conduct({.stands = true});
  EXPECT_EQ(disk.slots()
                .install(
                    disk.bundle(2), [](int) {}, Wait::of(std::chrono::seconds(1)))
                .error()
                .code,
            Errc::timed_out);
  EXPECT_EQ(disk.slots()
                .install(
                    disk.bundle(2), [](int) {}, Wait::of(std::chrono::minutes(1)))
                .error()
                .code,
            Errc::busy);
}

TEST_F(RaucSlots, AFlippedByteOnTheDiskIsSeen) {
  const auto wait = Wait::of(std::chrono::minutes(1));
  ASSERT_TRUE(disk.slots().install(disk.bundle(2), [](int) {}, wait));
  const auto manifest = must(disk.slots().inspect(disk.bundle(2), wait));
  ASSERT_TRUE(disk.slots().read_back(manifest, wait));
  std::fstream file(disk.partition(Slot::b, "boot"), std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(70'000);
  const auto byte = static_cast<char>(file.get() ^ 1);
  file.seekp(70'000);
  file.put(byte);
  file.close();
  EXPECT_EQ(disk.slots().read_back(manifest, wait).error().code, Errc::malformed);
}

TEST_F(RaucSlots, WithoutAnInstallerItIsUnreachable) {
  ::setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/bus", 1);
  EXPECT_EQ(disk.slots()
                .install(
                    disk.bundle(2), [](int) {}, Wait::of(std::chrono::minutes(1)))
                .error()
                .code,
            Errc::unreachable);
}

}  // namespace
}  // namespace kiosk::testing
