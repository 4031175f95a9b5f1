#pragma once
// How often things happened, a day: sessions, slips, jams. For the maintenance menu and the fleet.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "firmware/domain/date.hpp"
#include "hal/base/clock.hpp"
#include "hal/store.hpp"

namespace kiosk::records {

using Counts = std::map<std::string, std::int64_t, std::less<>>;

/// Errors of all calls: `storage`. Any thread. Blocks for the disk, about 3 ms.
class Counters {
 public:
  Counters(hal::Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  /// Adds to today's count (the day in China). `name`: "slips.printed".
  Result<void> add(std::string_view name, std::int64_t count = 1);

  Result<Counts> on(domain::Date day);

  /// Since the kiosk was set up, or since retention took older days away.
  Result<Counts> totals();

 private:
  hal::Store& store_;
  const Clock& clock_;
};

}  // namespace kiosk::records
