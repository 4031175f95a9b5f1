#pragma once
// How long to leave alone what did not work. Pure.

#include <chrono>
#include <cstdint>
#include <optional>

#include "hal/base/clock.hpp"

namespace kiosk::updater {

/// No longer than this is waited for anything, whatever a server asks for or a clock that was set says.
inline constexpr std::chrono::hours longest_pause{24};

/// After the n-th failure in a row (from 1): 1 minute, 2, 4 … up to an hour, of which `chance` takes away up
/// to a half so that kiosks which failed together do not come back together; never sooner than the server
/// asked for.
std::chrono::milliseconds back_off(int failures, std::uint32_t chance,
                                   std::optional<std::chrono::seconds> retry_after);

/// The time from now until `then`: 0 when it has come, and when it is further away than longest_pause,
/// because then the clock was set back.
std::chrono::milliseconds left_until(WallTime then, WallTime now);

}  // namespace kiosk::updater
