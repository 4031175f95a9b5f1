#pragma once
// What a finger draws: shared by the signing screen and the registry's evidence.

#include <cstdint>
#include <vector>

namespace kiosk {

/// One point of a signature. No pressure: the glass has none.
struct StrokePoint {
  float x = 0, y = 0;   ///< 0..1 of the signing box's width and height
  std::int32_t ms = 0;  ///< since the first point of the first stroke
  bool operator==(const StrokePoint&) const = default;
};

/// From finger down to finger up.
using Stroke = std::vector<StrokePoint>;

}  // namespace kiosk
