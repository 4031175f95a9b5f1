#pragma once
// Moments as the records keep them.

#include <string>

#include "hal/base/clock.hpp"

namespace kiosk::records {

/// Milliseconds since 1970, for a cell.
inline std::int64_t to_number(WallTime moment) {
  return moment.time_since_epoch().count();
}

inline WallTime to_moment(std::int64_t number) {
  return WallTime(std::chrono::milliseconds(number));
}

/// "2026-08-01T08:30:00.000Z": RFC 3339, for people and other machines.
std::string to_text(WallTime moment);

}  // namespace kiosk::records
