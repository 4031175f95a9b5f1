#pragma once
// Whether two portraits show the same drawn face: enough for fictional people, useless for real ones.

#include "hal/base/bytes.hpp"
#include "hal/base/result.hpp"

namespace kiosk::lobby {

/// How much a live portrait looks like the enrolled one: the correlation of what either has beyond the
/// average of the lobby's faces, at the place and size where they fit best; -1..1, 1 for the same bytes.
/// `malformed` when one of them is not a JPEG of 1 to 4096 pixels a side.
Result<double> likeness(BytesView enrolled_jpeg, BytesView live_jpeg);

/// From here on two pictures are one person: of seeds 0 to 11 the same person is above 0.96, another below
/// 0.88.
constexpr double same_face = 0.92;

}  // namespace kiosk::lobby
