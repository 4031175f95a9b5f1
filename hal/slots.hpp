#pragma once
// The two systems on a kiosk's disk, each in its slot, of which one runs. The other one can be replaced while
// citizens are served; the boot loader goes back to the one before when a new one does not start.
//
// Source of the boot loader's part: image/boot/grub.cfg.

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hal/base/wait.hpp"

namespace kiosk::hal {

enum class Slot { a, b };

constexpr Slot other(Slot slot) {
  return slot == Slot::a ? Slot::b : Slot::a;
}

/// "A", "B", as on the disk's partitions.
constexpr const char* name_of(Slot slot) {
  return slot == Slot::a ? "A" : "B";
}

/// What a system says of itself, inside what is signed.
struct SystemLabel {
  std::string version;           ///< for people: "2026.11.2"
  std::int64_t secver = 0;       ///< a number that never falls; from 1
  std::int64_t data_schema = 0;  ///< up to which version of the kiosk's records it can read; from 1

  bool operator==(const SystemLabel&) const = default;
};

/// What is known of one slot.
struct SlotState {
  std::optional<SystemLabel> label;  ///< nothing: never written, half written, or nobody can tell
  bool bad = false;                  ///< passed over while the other has tries: being written, or marked so
  int tries = 0;                     ///< starts since it was activated or marked good, 0 to `most_tries`

  bool operator==(const SlotState&) const = default;
};

/// So many starts a slot gets before the other one has its turn.
inline constexpr int most_tries = 3;

/// The disk at one moment, as this start of the machine sees it.
struct SlotsState {
  Slot running = Slot::a;
  Slot first =
      Slot::a;  ///< whose turn it is at the next start, as it was last set; not whom tries leave over
  std::array<SlotState, 2> slots;
  std::string start;                        ///< another one after each start of the machine (boot_id)
  std::chrono::milliseconds started_ago{};  ///< by a clock that nobody sets
  /// Not all that the boot loader reads is there and whole: it counts no tries then. mark_good() mends it.
  bool boot_state_broken = false;

  const SlotState& of(Slot slot) const { return slots[static_cast<std::size_t>(slot)]; }
  SlotState& of(Slot slot) { return slots[static_cast<std::size_t>(slot)]; }
  bool operator==(const SlotsState&) const = default;
};

/// What a bundle says that it brings, verified by the signature on it.
struct BundleManifest {
  struct Part {
    std::string name;         ///< "rootfs", "boot"
    std::string sha256;       ///< of the bytes that belong on the disk; lower-case hexadecimal
    std::int64_t length = 0;  ///< how many these are
    bool operator==(const Part&) const = default;
  };
  std::string compatible;  ///< for which machines
  SystemLabel label;
  std::vector<Part> parts;  ///< at least one

  bool operator==(const BundleManifest&) const = default;
};

/// The slots of one disk. One thread at a time. What a call has done is on the disk when it returns, and a
/// power cut in the middle of any leaves a disk that starts: the running slot's own bytes are never written.
///
/// Errors of all: `storage` the disk, or the boot loader's state on it, cannot be read or written ·
/// `unreachable` the installer does not answer · `cancelled`, `timed_out` (of calls with a Wait).
class Slots {
 public:
  /// Tenths of a percent, 0 to 1000, never falling.
  using OnProgress = std::function<void(int permille)>;

  virtual ~Slots() = default;

  /// Some milliseconds.
  virtual Result<SlotsState> look(const Wait& wait) = 0;

  /// Reads a bundle's manifest and verifies its signature; not yet each byte of it. `malformed` it is no
  /// bundle · `refused` not signed, or by nobody whom this system believes · `not_present` no such file.
  /// Blocks some seconds.
  virtual Result<BundleManifest> inspect(const std::filesystem::path& bundle, const Wait& wait) = 0;

  /// Writes a bundle into the slot that does not run. From before its first byte the slot is bad, and stays
  /// so until activate(); `first` is then the running slot. Errors of inspect(), and: `refused` by the check
  /// that stands between (downgrade, another machine) · `malformed` a byte of the bundle is not the one that
  /// was signed · `busy` somebody else installs. After any error the slot may be half written. Blocks for
  /// minutes; a stop is heeded, but an installer may finish its step before.
  virtual Result<void> install(const std::filesystem::path& bundle, const OnProgress& progress,
                               const Wait& wait) = 0;

  /// Reads what lies in the slot that does not run, from the disk and not from memory, and compares each
  /// part. `malformed` it is not what the manifest says, or its installation never came to its end. Blocks
  /// for as long as the disk takes, about a minute.
  virtual Result<void> read_back(const BundleManifest& manifest, const Wait& wait) = 0;

  /// The slot is first from the next start on, is not bad, and has all its tries. Doing it twice is doing it
  /// once, but for the tries. `refused` what is in it was never installed to its end.
  virtual Result<void> activate(Slot slot) = 0;

  /// The slot works: not bad, and its tries are counted anew. Which is first stays. Whatever was broken of
  /// the boot loader's state is whole again.
  virtual Result<void> mark_good(Slot slot) = 0;

  /// The slot is passed over from now on, as long as the other one has tries. `refused` for the slot that
  /// runs while the other is bad as well: then nothing would start.
  virtual Result<void> mark_bad(Slot slot) = 0;
};

}  // namespace kiosk::hal
