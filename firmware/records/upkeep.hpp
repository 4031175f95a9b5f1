#pragma once
// What the records need once a day: that what is old enough is deleted.

#include <optional>

#include "firmware/records/retention.hpp"

namespace kiosk::records {

class Upkeep {
 public:
  Upkeep(hal::Store& store, const Clock& clock, Audit& audit, const Retention& rules)
      : store_(store), clock_(clock), audit_(audit), rules_(rules) {}

  /// Does the day's work when it is due: 03:00 in China has passed since the last time, also while the
  /// machine was off, and the clock agrees with the registry's within two minutes. A clock that is years
  /// ahead would make everything old. What was deleted, and that the clock differs or agrees again, is a line
  /// of the audit trail. nullopt: nothing was due, or the clock differs. `storage`: tried again at the next
  /// call. `registry_now`: what the registry has just said. To be called while no session runs. Blocks for
  /// the disk, some seconds after a long pause.
  Result<std::optional<Swept>> run_if_due(WallTime registry_now);

 private:
  Result<bool> clock_agrees(WallTime registry_now);
  Result<bool> due();

  hal::Store& store_;
  const Clock& clock_;
  Audit& audit_;
  Retention rules_;
  bool differed_ = false;
};

}  // namespace kiosk::records
