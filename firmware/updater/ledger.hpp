#pragma once
// What the updater remembers, in a hal::Store: its actions, the floor, the last look at the mirror.

#include "firmware/updater/policy.hpp"
#include "hal/store.hpp"

namespace kiosk::updater {

/// All tables of the updater's store: these and what firmware/update trusts.
hal::Schema schema();

/// Every call is one transaction: after a power cut all of it is there or nothing. `storage` from all.
class Ledger {
 public:
  explicit Ledger(hal::Store& store) : store_(store) {}

  Result<State> state();

  /// Begins an action, with the next id, and ends the one that is under way, if any. The oldest that ended
  /// are forgotten when there are more than 50.
  Result<void> begin(const Action& action, const std::optional<Action>& ends);

  /// Replaces an action by what became of it.
  Result<void> keep(const Action& action);

  /// The same for one that ended well, and the floor rises to `secver` in the same instant; it never falls.
  Result<void> commit(const Action& action, std::int64_t secver);

  Result<void> keep_poll(const Poll& poll);

  /// The records have this version, or get it now; what was seen before is kept when it is higher.
  Result<void> saw_data_schema(std::int64_t version);

  /// From now on no older updater may open the ledger; see Store::settle.
  Result<void> settle() { return store_.settle(); }
  bool settled() const;

 private:
  hal::Store& store_;
};

}  // namespace kiosk::updater
