#pragma once
// A kiosk's computer in QEMU, without KVM: boots the image, is looked at and touched.

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hal/base/clock.hpp"
#include "hal/display.hpp"
#include "screens/paint/page.hpp"
#include "tests/image/kiosk_disk.hpp"
#include "tests/image/qmp.hpp"
#include "tests/image/tpm.hpp"
#include "tests/lobby/wire/child.hpp"

namespace kiosk::image {

/// The number on every machine's board here.
inline const std::string machine_number = "6b696f736b004000800000000000cafe";

/// QEMU is slow to answer while others use the processors too.
constexpr auto answer_time = std::chrono::seconds(60);

/// What is on the glass.
using Picture = paint::Image;

/// The part of dots that are not nearly the same, 0 to 1; 1 when the sizes differ.
double difference(const Picture& one, const Picture& other);

/// The same within one part of them.
double difference(const Picture& one, const Picture& other, const hal::DotRect& part);

/// As a PNG. `storage`, `internal` (no memory).
Result<void> save(const Picture& picture, const std::filesystem::path& file);

class Machine {
 public:
  struct Settings {
    KioskDisk disk;                              ///< written to
    std::filesystem::path folder;                ///< for its sockets, its log (serial.log) and pictures
    std::vector<std::string> serial_ports = {};  ///< terminals of this machine, as /dev/ttyS1 and on
    std::vector<std::filesystem::path> usb_sockets = {};  ///< where devices on USB are found (usb-redir)
    std::chrono::seconds clock_ahead{};                   ///< of this machine's
    std::filesystem::path write_log = {};  ///< of the disk, as WriteLog reads it; empty: none is kept
    bool restarts = false;  ///< when the guest asks for it (QMP event RESET); else it ends (SHUTDOWN)
  };

  /// From power-on, by a firmware with Secure Boot that knows the test keys. With 2 processors
  /// (1 where claims() are shared), a TPM, a panel of 1080x1920 dots and a USB touch panel. Ends with the
  /// object.
  static Result<std::unique_ptr<Machine>> start(const Settings& settings);

  Qmp& qmp() { return qmp_; }
  Steady::time_point started_at() const { return started_at_; }

  /// What it has used of this machine's processors: how far it is, however busy they are otherwise. 0 when it
  /// has ended.
  std::chrono::milliseconds processor_time() const;

  /// What is on the panel now.
  Result<Picture> look();

  /// Looks again and again until the panel shows `wanted` but for `most` of its dots, and says when it was
  /// first seen; what it showed at last is kept as NAME.png in the folder, also of a machine that ends
  /// meanwhile. `timed_out` with how much was different.
  Result<Steady::duration> await(const Picture& wanted, double most, const std::string& name,
                                 const Wait& wait);

  /// A USB stick (an image file) goes in, and comes out again.
  Result<void> plug(const std::filesystem::path& stick);
  Result<void> unplug();

  /// A finger comes down on a dot, and up again.
  Result<void> tap(int x, int y);

  /// A finger comes down on the first of these dots, goes along them all, and up from the last.
  Result<void> draw(const std::vector<std::pair<int, int>>& dots);

 private:
  Machine() = default;

  /// QEMU's other threads and the TPM answer a processor that asks again and again until they do: four
  /// machines on two processors took an eighth more of them where such a processor did not step back.
  Result<void> let_others_go_first();

  /// `seen`: what it showed at last.
  Result<Steady::duration> await(const Picture& wanted, double most, Picture& seen, const Wait& wait);

  Result<void> finger(int x, int y, bool down);

  Settings settings_;
  Steady::time_point started_at_;
  Tpm tpm_;  // ends after the machine
  lobby::Child qemu_;
  Qmp qmp_;
};

}  // namespace kiosk::image
