#pragma once
// A kiosk's machine with the hall's devices around it, as every test of the image starts it. KIOSK_IMAGE:
// what `./kiosk image` made. KIOSK_PICTURES: where pictures and logs stay.

#include <cstdio>
#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/image/kiosk_disk.hpp"
#include "tests/image/machine.hpp"
#include "tests/image/pages.hpp"

namespace kiosk::image {

using namespace std::chrono_literals;

constexpr auto boot_time = 240s;  // two processors without KVM, while others use them too

class Booted : public ::testing::Test {
 protected:
  /// `usb`: reader, slip printer and camera hang on USB, and not on serial ports and the network.
  explicit Booted(bool usb = false) : usb_(usb) {}

  void SetUp() override;
  void TearDown() override;

  /// A disk of its own, not started yet. `updates`: where the updater looks.
  void make_disk(Damage damage, const std::string& updates);

  /// Power on; what ran before loses it. `clock_ahead`: of this machine's.
  void power_on(bool restarts, std::chrono::seconds clock_ahead = 0s);

  /// `most`: the part of the dots that may be others.
  void expect_shown(const char* name, const Result<Picture>& wanted, double most, const Wait& wait);
  void expect_attract(const char* name = "attract", std::chrono::seconds at_most = boot_time);

  /// Past the boot loader there is nobody who counts.
  bool counts(char slot, int tries) const;

  bool usb_;
  std::filesystem::path image_, folder_;
  KioskDisk disk_;
  std::unique_ptr<lobby::Hall> hall_;
  std::unique_ptr<Machine> machine_;
  app::Configuration configuration_;
};

}  // namespace kiosk::image
