#pragma once
// What the kiosk trusts already, so that nothing goes back after a restart.
//
// It lies in a hal::Store and not in files of its own because one step of the workflow changes three things
// at once: a new root that changes the online keys is kept *and* timestamp and snapshot are forgotten. With
// files a power cut between these would leave a fast-forwarded timestamp behind under keys that did not
// change any more.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/update/metadata.hpp"
#include "hal/store.hpp"

namespace kiosk::update {

/// The tables of this part, for whoever opens the store.
hal::Schema schema();

/// The documents as they came, by role.
using Documents = std::map<Role, std::string>;

/// Every call is one transaction: after a power cut all of it is there or nothing. `storage` from all.
class TrustedStore {
 public:
  explicit TrustedStore(hal::Store& store) : store_(store) {}

  Result<Documents> documents();

  /// Replaces what was trusted of the role.
  Result<void> keep(Role role, std::string_view text);

  /// Replaces the root; `forget_online` takes timestamp and snapshot away with it.
  Result<void> keep_root(std::string_view text, bool forget_online);

  /// The latest moment at which everything that was fetched was still fresh; nothing on a new kiosk.
  Result<std::optional<WallTime>> good_time();

  /// Moves it forward, never back.
  Result<void> keep_good_time(WallTime time);

 private:
  hal::Store& store_;
};

}  // namespace kiosk::update
