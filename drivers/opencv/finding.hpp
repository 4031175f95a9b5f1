#pragma once
// What the face finder's confined program answers: fault, x, y, width, height (confined/message.hpp's
// numbers), then the portrait. Pure.

#include "hal/base/bytes.hpp"
#include "hal/face_finder.hpp"

namespace kiosk::drivers {

constexpr std::size_t most_portrait_bytes = std::size_t{4} << 20;
constexpr std::size_t most_finding_bytes = 20 + most_portrait_bytes;

Bytes bytes_of(const hal::FaceFinding& finding);

/// The reverse, for a frame of this size. `malformed`: no such fault, a face that is not in the frame, a face
/// where none was found or none where one was, a portrait of a face that is not good, none of one that is, or
/// one that is no JPEG. Refused bytes are wiped.
Result<hal::FaceFinding> finding_of(Bytes bytes, int frame_width, int frame_height);

}  // namespace kiosk::drivers
