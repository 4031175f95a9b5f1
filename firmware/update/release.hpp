#pragma once
// A release for kiosks: a target whose "custom" says what the kiosk must know before it installs.

#include <chrono>
#include <optional>
#include <string>

#include "firmware/update/refresh.hpp"

namespace kiosk::update {

/// Kiosks are in rings 0 to this one. A release goes to ring 0 first, and when it does well to one ring more
/// after the other, by nothing but new metadata.
inline constexpr int last_ring = 9;

/// The members of "custom" have the names of these fields; all must be there but `notes`, `offline_max_age`
/// and `ring`.
struct Release {
  std::string path;     ///< of the target
  Target target;        ///< with a SHA-256
  std::string version;  ///< for people: "2026.11.2"; at most 64 bytes
  /// Security version: a number that never falls. A kiosk installs only what is above its own, so that a
  /// signed old image stays old; "going back" is a new release of old code.
  std::int64_t secver = 0;       ///< from 1
  std::int64_t data_schema = 0;  ///< from 1: up to which version of the kiosk's records it can read
  std::string compatible;        ///< for which machines: "kiosk-x86"; at most 64 bytes
  std::string notes;             ///< for the technician; at most 4000 bytes
  std::chrono::days offline_max_age{
      0};                ///< how long overdue a stick's metadata may be; up to 366 (in JSON: days)
  int ring = last_ring;  ///< for kiosks of ring 0 to this one; 0 to `last_ring`, which is everybody

  bool operator==(const Release&) const = default;
};

/// `malformed`, with the path: a member is missing, of a wrong kind or out of its range; the path is not
/// plain; no SHA-256; more than 64 GB. Further members are for later versions and are passed over.
Result<Release> read_release(const std::string& path, const Target& target);

/// The "custom" of a release. What is for everybody says nothing of rings.
Json custom_of(const Release& release);

/// What is asked of a release.
struct Machine {
  std::string compatible;
  std::int64_t secver = 0;       ///< of what runs, or the floor kept from earlier, whichever is higher
  std::int64_t data_schema = 0;  ///< of the records on the disk
  int ring = last_ring;          ///< 0 to `last_ring`; 0 takes whatever is released for anybody
};

/// The release of the highest secver for this machine; nothing when none is above the machine's own. Targets
/// for other machines, those for lower rings alone, and those without "custom", are passed over, so that an
/// older release for everybody is still found beside them. `malformed` as read_release, whatever the ring, or
/// two releases have that secver · `refused` it cannot read the machine's records, or the stick it comes on
/// is too old for it.
Result<std::optional<Release>> release_for(const Machine& machine, const Released& released);

}  // namespace kiosk::update
