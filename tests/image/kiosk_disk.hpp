#pragma once
// The disk of a kiosk that a city has set up: the image's own, with settings that lead into the lobby's hall.

#include <filesystem>
#include <string>

#include "tests/lobby/hall/hall.hpp"

namespace kiosk::image {

struct KioskDisk {
  std::filesystem::path disk;
  std::filesystem::path configuration;  ///< the kiosk.toml that lies on it
};

/// Copies the image's disk into `folder` and writes settings to its data partition: the hall's, with this
/// machine's address as QEMU's user network shows it, and the panel itself for the glass. `flip_root` changes
/// one byte of a program in slot A.
Result<KioskDisk> make_kiosk_disk(const std::filesystem::path& image, const lobby::Hall& hall,
                                  const std::filesystem::path& folder, bool flip_root = false);

}  // namespace kiosk::image
