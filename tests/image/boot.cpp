// The image in QEMU: from power-on to the menu, with the hall's devices around it, and a root that was
// tampered with.

#include <chrono>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "hal/base/file.hpp"
#include "tests/image/booted.hpp"

namespace kiosk::image {
namespace {

class Image : public Booted {
 protected:
  void start(Damage damage) {
    ASSERT_NO_FATAL_FAILURE(make_disk(damage));
    power_on(false);
  }

  static std::chrono::seconds ahead_of(std::chrono::sys_seconds then) {
    return then - std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }
};

TEST_F(Image, ComesUpByItselfAndAnswersAFinger) {
  ASSERT_NO_FATAL_FAILURE(start(Damage::none));
  EXPECT_TRUE(counts('A', 1));
  ASSERT_NO_FATAL_FAILURE(expect_attract());
  ASSERT_NO_FATAL_FAILURE(touch_until_home());
  EXPECT_TRUE(counts('A', 0)) << "a slot that works has its tries again";
}

TEST_F(Image, ARootOrHashesOfItWithOneFlippedByteAreNotRun) {
  for (const auto damage : {Damage::flipped_root, Damage::flipped_tree}) {
    ASSERT_NO_FATAL_FAILURE(start(damage));
    const auto ended = machine_->qmp().event("SHUTDOWN", Wait::of(boot_time));
    ASSERT_TRUE(ended) << ended.error().what;
    EXPECT_EQ((*ended)["data"]["reason"], "guest-reset");
    EXPECT_EQ(tries_of('A', disk_), 1) << "and that was one of its tries";
  }
}

TEST_F(Image, AKernelWithOneFlippedByteLeavesItsTurnToTheOtherSlot) {
  ASSERT_NO_FATAL_FAILURE(start(Damage::flipped_kernel));
  EXPECT_TRUE(counts('B', 1)) << "in the same boot";
  ASSERT_NO_FATAL_FAILURE(expect_attract());
}

/// The firmware asks for one signature of a kernel and GRUB for the other.
TEST_F(Image, AKernelThatOnlyOneOfFirmwareAndGrubKnowsIsNotRun) {
  ASSERT_NO_FATAL_FAILURE(start(Damage::half_signed));
  const auto ended = machine_->qmp().event("SHUTDOWN", Wait::of(boot_time));
  ASSERT_TRUE(ended) << "Linux runs: " << ended.error().what;
  EXPECT_EQ((*ended)["data"]["reason"], "guest-reset") << "GRUB has nothing left to start";
  EXPECT_EQ(tries_of('A', disk_), 1) << "both had all their turns, and one more when they were counted anew";
  EXPECT_EQ(tries_of('B', disk_), 1);
  const auto said = read_file(folder_ / "serial.log", 1 << 20).value_or("");
  EXPECT_THAT(said, ::testing::HasSubstr("error: cannot load image")) << "A's, by the firmware";
  EXPECT_THAT(said, ::testing::HasSubstr("file `/kiosk.B.efi.sig' not found"));
}

TEST_F(Image, ABootLoaderThatTheFirmwareDoesNotKnowIsNotRun) {
  ASSERT_NO_FATAL_FAILURE(start(Damage::foreign_grub));
  const auto said = [this] { return read_file(folder_ / "serial.log", 1 << 20).value_or(""); };
  const auto wait = Wait::of(boot_time);
  while (!said().contains(">>Start PXE")) {  // what it tries next
    ASSERT_TRUE(wait.sleep(1s)) << said();
  }
  EXPECT_THAT(said(), ::testing::HasSubstr("Access Denied"));
  EXPECT_THAT(said(), ::testing::Not(::testing::HasSubstr("GRUB")));
  EXPECT_EQ(tries_of('A', disk_), 0);
  EXPECT_EQ(tries_of('B', disk_), 0);
}

TEST_F(Image, ACopyOfTheStateWithOneFlippedBitDoesNotCount) {
  ASSERT_NO_FATAL_FAILURE(start(Damage::flipped_state));
  EXPECT_TRUE(counts('A', 1)) << "the newer one says so";
  ASSERT_NO_FATAL_FAILURE(expect_attract());
  EXPECT_TRUE(counts('A', 0));
  EXPECT_EQ(boot_state(disk_).first, 'A');
}

TEST_F(Image, ASlotThatUsedUpItsTriesLeavesItsTurnToTheOther) {
  ASSERT_NO_FATAL_FAILURE(start(Damage::tries_used_up));
  EXPECT_TRUE(counts('B', 1));
  ASSERT_NO_FATAL_FAILURE(expect_attract());
}

TEST_F(Image, AStateThatNobodyCanReadIsWrittenAnew) {
  for (const auto damage : {Damage::garbled_state, Damage::bent_state, Damage::lost_state}) {
    ASSERT_NO_FATAL_FAILURE(start(damage));
    ASSERT_NO_FATAL_FAILURE(expect_attract());
    const auto wait = Wait::of(120s);
    while (!boot_state(disk_).whole) ASSERT_TRUE(wait.sleep(1s)) << "nobody wrote it";
    EXPECT_TRUE(counts('A', 0));
    EXPECT_EQ(boot_state(disk_).first, 'A');
  }
}

// systemd believes no clock that is before /usr/lib/clock-epoch, or fifteen years behind it.
TEST_F(Image, AClockThatCannotBeRightBeginsWhenTheImageWasMade) {
  ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none));
  clock_ahead_ = ahead_of(std::chrono::sys_days(1970y / 1 / 1));
  power_on(false);
  ASSERT_NO_FATAL_FAILURE(expect_attract("in-1970"));
  clock_ahead_ = ahead_of(std::chrono::sys_days(2099y / 7 / 1));
  power_on(false);
  ASSERT_NO_FATAL_FAILURE(expect_attract("in-2099"));
}

TEST_F(Image, AClockAheadLosesTheRegistryUntilItIsRightAgain) {
  ASSERT_NO_FATAL_FAILURE(make_disk(Damage::none));
  clock_ahead_ = std::chrono::days(12 * 365);  // the peers' certificates have ended
  power_on(false);
  ASSERT_NO_FATAL_FAILURE(expect_shown("ahead", closed(configuration_, "12:00"), 0.02, Wait::of(boot_time)));
  clock_ahead_ = 0s;
  power_on(false);
  ASSERT_NO_FATAL_FAILURE(expect_attract("right-again"));
}

}  // namespace
}  // namespace kiosk::image
