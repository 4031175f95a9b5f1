#pragma once
// The four documents of The Update Framework 1.0 (theupdateframework.github.io/specification, section 4) as
// values. Reading believes nothing and verifies nothing: that is workflow.hpp.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/update/hashes.hpp"
#include "firmware/update/key.hpp"
#include "hal/base/clock.hpp"

namespace kiosk::update {

/// The top-level roles. Delegated ones are not followed: one city, one hand that releases.
enum class Role { root, timestamp, snapshot, targets };

/// "root", as in file names and in "_type".
std::string_view name_of(Role role);

/// Who signs for a role, and how many of them must.
struct Keyholders {
  std::set<std::string, std::less<>> key_ids;
  std::int64_t threshold = 1;

  bool operator==(const Keyholders&) const = default;
};

/// What every document says of itself.
struct Head {
  std::int64_t version = 0;  ///< from 1
  WallTime expires;          ///< not to be trusted from then on
};

struct Root : Head {
  bool consistent_snapshot = false;
  /// By key id. Keys of unknown kinds, and those whose id is not their own, are left out: they can sign
  /// nothing.
  std::map<std::string, Key, std::less<>> keys;
  std::map<Role, Keyholders> roles;  ///< all four are there
};

/// How one document names another.
struct Listing {
  std::int64_t version = 0;
  std::optional<std::int64_t> length;  ///< bytes
  Hashes hashes;                       ///< may be empty: then the version alone names it

  bool operator==(const Listing&) const = default;
};

struct Timestamp : Head {
  Listing snapshot;
};

struct Snapshot : Head {
  std::map<std::string, Listing, std::less<>> documents;  ///< "targets.json" is there
};

/// A file that is released.
struct Target {
  std::int64_t length = 0;
  Hashes hashes;     ///< at least one
  Json custom = {};  ///< "custom" as it stands; null when there is none

  bool operator==(const Target&) const = default;
};

struct Targets : Head {
  std::map<std::string, Target, std::less<>> files;  ///< by path below the mirror's "targets/"
};

struct Signature {
  std::string key_id;
  Bytes bytes;
};

/// A document and what is needed to verify it.
template <class T>
struct Signed {
  T document;
  std::vector<Signature> signatures;
  std::string message;  ///< what was signed: the canonical form, with all members that we do not know
};

/// Read a document. `malformed`, with the place and without what stood there: not the JSON of read_json(),
/// another role's document, a member missing or of a wrong kind, a spec_version other than 1.x, a version
/// below 1, a date that is none, a key id twice among the signatures. Members that the specification does not
/// know are passed over.
Result<Signed<Root>> read_root(std::string_view text);
Result<Signed<Timestamp>> read_timestamp(std::string_view text);
Result<Signed<Snapshot>> read_snapshot(std::string_view text);
Result<Signed<Targets>> read_targets(std::string_view text);

/// "2026-08-01T08:00:00Z" and nothing else; `malformed`.
Result<WallTime> read_time(std::string_view text);
std::string write_time(WallTime time);

}  // namespace kiosk::update
