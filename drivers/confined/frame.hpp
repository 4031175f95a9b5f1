#pragma once
// A picture as it goes into a confined program and comes out of one: width, height (message.hpp's numbers),
// then its dots as in hal::Frame. Pure.

#include <array>

#include "hal/base/bytes.hpp"
#include "hal/camera.hpp"

namespace kiosk::drivers::confined {

constexpr int most_dots = 4096;  ///< a side; a camera of this kiosk has 1280

using FrameHead = std::array<std::uint8_t, 8>;
constexpr std::size_t most_frame_bytes = sizeof(FrameHead) + std::size_t{4} * most_dots * most_dots;

/// What stands before the dots.
FrameHead head_of(const hal::Frame& frame);

/// The whole, of a frame that is needed no more.
Bytes bytes_of(hal::Frame frame);

/// The reverse; taken_at is left alone. `malformed`: a side of none or of more than `most_dots`, or bytes
/// that are not exactly as many as those dots have. Refused bytes are wiped.
Result<hal::Frame> frame_of(Bytes bytes);

}  // namespace kiosk::drivers::confined
