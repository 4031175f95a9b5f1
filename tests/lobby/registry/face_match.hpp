#pragma once
// Whether two portraits show the same drawn face: enough for fictional people, useless for real ones.

#include "hal/base/bytes.hpp"
#include "hal/base/result.hpp"

namespace kiosk::lobby {

/// Normalised correlation of the two pictures, each shrunk to 32 x 32 in colour: 1 for the same picture,
/// about 0 for unrelated ones. `malformed` when one of them is not a JPEG of 1 to 4096 pixels a side.
Result<double> likeness(BytesView jpeg, BytesView other);

/// From here on two pictures are one person.
constexpr double same_face = 0.85;

}  // namespace kiosk::lobby
