#pragma once
// What of a kiosk outlives its power: disk, TPM, the firmware's variables. And what is read of them while it
// runs, or after its power was cut.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "firmware/updater/policy.hpp"
#include "hal/store.hpp"
#include "tests/lobby/hall/hall.hpp"

namespace kiosk::image {

/// What was done to a disk before it is booted, to slot A if nothing else stands there.
enum class Damage {
  none,
  flipped_root,    ///< one byte of a program is another
  flipped_tree,    ///< one byte of the hashes that its root is checked by is another
  flipped_kernel,  ///< one byte of the kernel is another
  flipped_state,   ///< one bit of what Linux told the boot loader before the last time
  tries_used_up,   ///< it was started three times and never worked
  garbled_state,   ///< nothing that Linux and the boot loader told each other can be read
  bent_state,      ///< of the file system in which they do one bit is another
  lost_state,      ///< not even a file system is where it was
  foreign_grub,    ///< the boot loader is signed by somebody whom the firmware does not know
  half_signed,     ///< A's kernel is signed for GRUB and not for the firmware, B's the other way round
};

struct KioskDisk {
  std::filesystem::path disk;
  std::filesystem::path tpm;        ///< folder, for Tpm
  std::filesystem::path variables;  ///< of the firmware
  std::filesystem::path
      volume_key;  ///< what the data are encrypted with, once that is known (read-volume-key)
};

/// The one in a folder, as factory_disk() and copy_disk() leave it there; its volume key is not known.
KioskDisk disk_in(const std::filesystem::path& folder);

/// A machine as it leaves the factory: the image's disk, a new TPM, a firmware with Debian's own test keys.
/// `words`: more of them for the kernel. `more`: a folder whose files lie over those of the initramfs. With
/// either its kernels are signed anew.
Result<KioskDisk> factory_disk(const std::filesystem::path& image, const std::filesystem::path& keys,
                               const std::filesystem::path& folder, const std::string& words,
                               const std::filesystem::path& more = {});

/// A copy in `folder` of a machine that does not run.
Result<KioskDisk> copy_disk(const KioskDisk& disk, const std::filesystem::path& folder);

/// `keys`: what the image was signed with; what it leaves is beside the disk.
Result<void> damage_disk(const KioskDisk& disk, const std::filesystem::path& image,
                         const std::filesystem::path& keys, Damage damage);

/// What outlives the power on the data partition, also of a disk in use: the folders "settings", "kiosk",
/// "kiosk-updater" and "log", and journal.txt. Says where: `folder`/"data-NAME".
Result<std::filesystem::path> read_data(const KioskDisk& disk, const std::filesystem::path& folder,
                                        const std::string& name);

/// The day files of the audit trail, oldest first, of a disk whose power was cut.
Result<std::vector<std::filesystem::path>> audit_files(const KioskDisk& disk,
                                                       const std::filesystem::path& folder);

/// The same of what was read already: kiosk_records() leaves it in "data-NAME".
Result<std::vector<std::filesystem::path>> audit_files(const std::filesystem::path& data);

/// What Linux and the boot loader tell each other of slots A and B, as Linux reads it.
struct BootView {
  bool whole = false;  ///< byte for byte; else some of it may be what stands for what cannot be read
  char first = '-';
  bool a_bad = false, b_bad = false;
  int a_tries = -1, b_tries = -1;
};

/// What stands there first when not even the files can be read.
BootView boot_state(const KioskDisk& disk);

/// Which slot the boot loader would start, 'A' or 'B'; '-' when its state cannot be read.
char starts(const KioskDisk& disk);

/// What the boot loader has counted for a slot; -1 when that cannot be read.
int tries_of(char slot, const KioskDisk& disk);

/// What the updater remembers, as read_data() finds it. `not_present`: nothing yet · `storage`: damaged, or
/// the disk was written to while it was read.
Result<updater::State> updater_state(const KioskDisk& disk, const std::filesystem::path& folder,
                                     const std::string& name);

/// What the kiosk remembers, as read_data() finds it. `settings`: the folder that its site signed.
Result<std::unique_ptr<hal::Store>> kiosk_records(const KioskDisk& disk,
                                                  const std::filesystem::path& settings,
                                                  const std::filesystem::path& folder,
                                                  const std::string& name);

/// A file on the data partition of a machine that does not run takes all but so much of its room from
/// everybody; 0: not a block is left.
Result<void> leave_room(const KioskDisk& disk, const std::filesystem::path& folder, int megabytes);

/// Runs one of this folder's scripts; what it says goes to `log`.
Result<void> run_script(const char* name, std::vector<std::string> words, const std::filesystem::path& log,
                        std::chrono::seconds at_most);

}  // namespace kiosk::image
