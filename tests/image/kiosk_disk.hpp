#pragma once
// The disk of a kiosk that a city has set up: the image's own, with settings that lead into the lobby's hall.

#include <filesystem>
#include <string>

#include "tests/lobby/hall/hall.hpp"

namespace kiosk::image {

/// What was done to slot A before it is booted.
enum class Damage {
  none,
  flipped_root,    ///< one byte of a program is another
  flipped_kernel,  ///< one byte of the kernel is another
  tries_used_up,   ///< it was started three times and never worked
};

struct KioskDisk {
  std::filesystem::path disk;
  std::filesystem::path configuration;  ///< the kiosk.toml that lies on it
};

/// Copies the image's disk into `folder` and writes settings to its data partition: the hall's, with this
/// machine's address as QEMU's user network shows it, and the panel itself for the glass.
Result<KioskDisk> make_kiosk_disk(const std::filesystem::path& image, const lobby::Hall& hall,
                                  const std::filesystem::path& folder, Damage damage);

/// What the boot loader has counted for a slot; -1 when that cannot be read.
int tries_of(char slot, const KioskDisk& disk);

}  // namespace kiosk::image
