#pragma once
// A kiosk's machine with the hall's devices around it, as every test of the image starts it.

#include <gtest/gtest.h>

#include "tests/image/kiosk_disk.hpp"
#include "tests/image/machine.hpp"
#include "tests/image/pages.hpp"
#include "tests/image/site.hpp"

namespace kiosk::image {

using namespace std::chrono_literals;

constexpr auto boot_time = 600s;                 // without KVM, while others use the processors too
constexpr auto first_boot_time = 2 * boot_time;  // which makes the data partition

class Booted : public ::testing::Test {
 protected:
  /// `usb`: in a hall of its own, where reader, slip printer and camera hang on USB, and not on serial ports
  /// and the network.
  explicit Booted(bool usb = false) : usb_(usb) {}

  void SetUp() override;
  void TearDown() override;

  /// A machine of its own that the city has set up, not started yet. The first of a site is set up by a
  /// stick, and all are copies of that.
  void make_disk(Damage damage);

  /// A machine of its own as it leaves the factory.
  void make_factory_disk();

  /// Of a machine that does not run; in a folder of that name.
  KioskDisk copy(const KioskDisk& disk, const char* name);

  /// Power on; what ran before loses it. `write_log`: see Machine.
  void power_on(bool restarts, const std::filesystem::path& write_log = {});

  /// `most`: the part of the dots that may be others.
  void expect_shown(const char* name, const Result<Picture>& wanted, double most, const Wait& wait);
  void expect_attract(const char* name = "attract", std::chrono::seconds at_most = boot_time);

  /// Every word of it: what tells these pages apart is a sentence.
  void expect_not_ready(const char* name, const std::string& trouble, const std::string& stick,
                        std::chrono::seconds at_most);

  /// The guest asks for a restart.
  void expect_restart(const char* why, std::chrono::seconds at_most = 900s);

  /// As a person does who sees that nothing came of it: USB is off until USBGuard has looked at what hangs
  /// there.
  void touch_until_home(std::chrono::seconds at_most = 60s);

  void plug(const std::filesystem::path& stick);
  void unplug();

  bool counts(char slot, int tries) const;

  bool usb_;
  std::unique_ptr<Site> own_;
  Site* site_ = nullptr;  ///< the one of all tests, or its own
  std::filesystem::path folder_;
  KioskDisk disk_;
  lobby::Hall* hall_ = nullptr;  ///< the site's
  std::unique_ptr<Machine> machine_;
  std::chrono::seconds clock_ahead_{};  ///< of this machine's, from the next power-on
  app::Configuration configuration_;

 private:
  void set_up_golden();

  std::chrono::microseconds begun_at_{};  ///< of processor time
};

}  // namespace kiosk::image
