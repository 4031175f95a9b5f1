#pragma once
// The disk of a kiosk that a city has set up: the image's own, with settings that lead into the lobby's hall.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "firmware/updater/policy.hpp"
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
/// machine's address as QEMU's user network shows it, the panel itself for the glass, and an updater that
/// looks for releases at `updates`.
Result<KioskDisk> make_kiosk_disk(const std::filesystem::path& image, const lobby::Hall& hall,
                                  const std::filesystem::path& folder, const std::string& updates,
                                  Damage damage);

/// The day files of the audit trail, oldest first, of a disk whose power was cut.
Result<std::vector<std::filesystem::path>> audit_files(const KioskDisk& disk,
                                                       const std::filesystem::path& folder);

/// What Linux and the boot loader tell each other: "PRIMARY", "A_TRY" …; empty when it cannot be read.
std::map<std::string, std::string> boot_state(const KioskDisk& disk);

/// What the boot loader has counted for a slot; -1 when that cannot be read.
int tries_of(char slot, const KioskDisk& disk);

/// What the updater remembers, also on a disk in use or one whose power was cut. Its folder and the journal
/// (journal.txt) are left in `folder`/"data-NAME".
Result<updater::State> updater_state(const KioskDisk& disk, const std::filesystem::path& folder,
                                     const std::string& name);

}  // namespace kiosk::image
