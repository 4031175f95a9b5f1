#pragma once
// What Linux and the boot loader tell each other about the two slots: three small files on the partition
// KSTATE. Source of their form: GRUB 2.06, "The GRUB environment block"; of their meaning:
// image/boot/grub.cfg.
//
// A file is written in place and never made anew, and all that is said lies in its first sector: a power cut
// leaves what was there before or what is there now.

#include <array>
#include <filesystem>
#include <optional>

#include "hal/slots.hpp"

namespace kiosk::drivers::rauc {

/// What Linux says: whose turn it is, who is passed over, and which system nobody called good yet. Two
/// copies, of which the greater number counts; one that contradicts itself does not.
struct Choice {
  hal::Slot first = hal::Slot::a;
  std::array<bool, 2> bad{};
  /// For image/root/guard, which must know it also where a new system opens no data; the boot loader asks
  /// nobody.
  std::optional<hal::Slot> on_trial = {};

  bool operator==(const Choice&) const = default;
};

/// The boot loader's count of starts since a slot worked, 0 to hal::most_tries.
using Tries = std::array<int, 2>;

class BootState {
 public:
  /// `folder`: where KSTATE is mounted.
  explicit BootState(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// What the boot loader would read. A copy that is missing or broken does not count; without any it is what
  /// the boot loader then takes: slot A, none bad. `storage`.
  Result<Choice> choice() const;

  /// All three files are there and byte for byte as they are written here: where one bit is not, the boot
  /// loader may read something else, or count no tries. Not seen is another number in a count. `storage`.
  Result<bool> whole() const;

  /// Writes the older copy and reads it back from the disk. Nothing is written when it says so already and
  /// both copies are whole; otherwise it mends them. `storage`.
  Result<void> choose(const Choice& choice);

  /// A count that cannot be read is 0, as for the boot loader. `storage`.
  Result<Tries> tries() const;

  /// `storage`.
  Result<void> set_tries(const Tries& tries);

 private:
  std::filesystem::path folder_;
};

}  // namespace kiosk::drivers::rauc
