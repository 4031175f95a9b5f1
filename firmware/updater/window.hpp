#pragma once
// The hours of the night in which a kiosk may close for an update. Pure.

#include <chrono>
#include <string_view>

#include "hal/base/clock.hpp"

namespace kiosk::updater {

/// From `opens` to `closes` by the hall's clock; over midnight when `closes` is the smaller one; always when
/// both are the same.
struct Window {
  std::chrono::minutes opens{1 * 60};   ///< since midnight, 0 to 1439
  std::chrono::minutes closes{5 * 60};  ///< the same
  std::chrono::minutes utc_offset{
      8 * 60};  ///< the hall's clock is so much ahead of UTC; China has no summer time

  bool operator==(const Window&) const = default;
};

/// How long until this kiosk's window opens: 0 when it is open, at most a day. A kiosk's own begins somewhere
/// in the first three quarters, always at the same place for the same name, so that a city's kiosks do not
/// all restart in one minute; it ends with everybody's. Each call looks at the clock anew: one that was set
/// moves the window with it.
std::chrono::milliseconds until_open(const Window& window, std::string_view kiosk, WallTime now);

}  // namespace kiosk::updater
