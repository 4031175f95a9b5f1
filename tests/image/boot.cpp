// The image in QEMU: from power-on to the menu, with the hall's devices around it, and a root that was
// tampered with. KIOSK_IMAGE: what `./kiosk image` made. KIOSK_PICTURES: where pictures and logs stay.

#include <cstdlib>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/image/kiosk_disk.hpp"
#include "tests/image/machine.hpp"
#include "tests/image/pages.hpp"

namespace kiosk::image {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr auto boot_time = 240s;  // two processors without KVM, while others use them too
constexpr double clock_and_chip = 0.02;

class Image : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* image = std::getenv("KIOSK_IMAGE");
    const auto* pictures = std::getenv("KIOSK_PICTURES");
    ASSERT_TRUE(image != nullptr && pictures != nullptr) << "see ./kiosk test image";
    image_ = image;
    folder_ = fs::path(pictures) / ::testing::UnitTest::GetInstance()->current_test_info()->name();
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "hall");
    auto hall = lobby::Hall::open({.folder = folder_ / "hall", .kiosk = {}});
    ASSERT_TRUE(hall) << hall.error().what;
    hall_ = std::move(*hall);
  }

  void TearDown() override {
    machine_.reset();
    fs::remove(folder_ / "disk.img");
  }

  void start(Damage damage) {
    auto disk = make_kiosk_disk(image_, *hall_, folder_, damage);
    ASSERT_TRUE(disk) << disk.error().what;
    disk_ = *disk;
    // With words of one's own for the kernel, past the boot loader, for those are signed.
    const auto* cmdline = std::getenv("KIOSK_CMDLINE");
    auto machine = Machine::start({.disk = disk->disk,
                                   .folder = folder_,
                                   .image = cmdline == nullptr ? "" : image_,
                                   .cmdline = cmdline == nullptr ? "" : cmdline,
                                   .serial_ports = {hall_->reader().path(), hall_->scanner().path()}});
    ASSERT_TRUE(machine) << machine.error().what;
    machine_ = std::move(*machine);
    auto configuration = app::read_configuration(disk->configuration.string());
    ASSERT_TRUE(configuration) << configuration.error().what;
    configuration_ = std::move(*configuration);
  }

  void expect_shown(const char* name, const Result<Picture>& wanted, const Wait& wait) {
    ASSERT_TRUE(wanted) << wanted.error().what;
    const auto seen = machine_->await(*wanted, clock_and_chip, name, wait);
    ASSERT_TRUE(seen) << seen.error().what << "; see " << folder_;
    fmt::print("{} after {:.1f} s\n", name, std::chrono::duration<double>(*seen).count());
  }

  void expect_attract() {
    expect_shown("attract", attract(configuration_, screens::Closed::open, "12:00"), Wait::of(boot_time));
  }

  /// As a person does who sees that nothing came of it: USB is off until USBGuard has looked at what hangs
  /// there.
  void touch_until_home() {
    const auto wanted = home(configuration_, screens::Closed::open, "12:00");
    ASSERT_TRUE(wanted) << wanted.error().what;
    const auto wait = Wait::of(60s);
    while (true) {
      ASSERT_TRUE(machine_->tap(540, 960));
      const auto seen = machine_->await(*wanted, clock_and_chip, "home", wait.at_most(4s));
      if (seen) return fmt::print("home after {:.1f} s\n", std::chrono::duration<double>(*seen).count());
      ASSERT_TRUE(wait.check()) << seen.error().what << "; see " << folder_;
    }
  }

  /// Past the boot loader there is nobody who counts.
  bool counts(char slot, int tries) const {
    if (std::getenv("KIOSK_CMDLINE") != nullptr) return true;
    const auto wait = Wait::of(120s);
    while (tries_of(slot, disk_) != tries) {
      if (!wait.sleep(1s)) return false;
    }
    return true;
  }

  fs::path image_, folder_;
  KioskDisk disk_;
  std::unique_ptr<lobby::Hall> hall_;
  std::unique_ptr<Machine> machine_;
  app::Configuration configuration_;
};

TEST_F(Image, ComesUpByItselfAndAnswersAFinger) {
  ASSERT_NO_FATAL_FAILURE(start(Damage::none));
  EXPECT_TRUE(counts('A', 1));
  ASSERT_NO_FATAL_FAILURE(expect_attract());
  ASSERT_NO_FATAL_FAILURE(touch_until_home());
  EXPECT_TRUE(counts('A', 0)) << "a slot that works has its tries again";
}

TEST_F(Image, ARootWithOneFlippedByteIsNotRun) {
  ASSERT_NO_FATAL_FAILURE(start(Damage::flipped_root));
  const auto ended = machine_->qmp().event("SHUTDOWN", Wait::of(boot_time));
  ASSERT_TRUE(ended) << ended.error().what;
  EXPECT_EQ((*ended)["data"]["reason"], "guest-reset");
  EXPECT_EQ(tries_of('A', disk_), 1) << "and that was one of its tries";
}

TEST_F(Image, AKernelWithOneFlippedByteLeavesItsTurnToTheOtherSlot) {
  ASSERT_NO_FATAL_FAILURE(start(Damage::flipped_kernel));
  EXPECT_TRUE(counts('B', 1)) << "in the same boot";
  ASSERT_NO_FATAL_FAILURE(expect_attract());
}

TEST_F(Image, ASlotThatUsedUpItsTriesLeavesItsTurnToTheOther) {
  ASSERT_NO_FATAL_FAILURE(start(Damage::tries_used_up));
  EXPECT_TRUE(counts('B', 1));
  ASSERT_NO_FATAL_FAILURE(expect_attract());
}

}  // namespace
}  // namespace kiosk::image
