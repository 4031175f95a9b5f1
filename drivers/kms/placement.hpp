#pragma once
// From a touch panel's units to dots of the glass. Private to drivers/kms.

#include <array>
#include <optional>
#include <string_view>

#include "drivers/kms/turn.hpp"

namespace kiosk::drivers {

/// x' = a x + b y + c, y' = d x + e y + f, on places from 0 to 1: libinput's calibration, so that the numbers
/// a touch panel's maker or xinput_calibrator gives can be copied.
using Calibration = std::array<double, 6>;
inline constexpr Calibration uncalibrated{1, 0, 0, 0, 1, 0};

/// "1 0 0 0 1 0"; nothing when it is not six numbers.
std::optional<Calibration> calibration_of(std::string_view text);

/// What an axis of a touch panel reports at its ends (both included).
struct Axis {
  int least = 0, most = 0;
};

struct Placement {
  Axis x, y;
  Calibration calibration = uncalibrated;
  Turn turn = Turn::none;

  struct Dot {
    int x = 0, y = 0;
    bool operator==(const Dot&) const = default;
  };
  /// The dot of a glass of `size` (as the citizen sees it) under a finger. Never outside of it.
  Dot dot(int raw_x, int raw_y, Dots size) const;
};

}  // namespace kiosk::drivers
