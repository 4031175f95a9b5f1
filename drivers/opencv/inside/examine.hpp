#pragma once
// The whole answer to one frame.

#include "drivers/opencv/inside/haar.hpp"
#include "hal/face_finder.hpp"

namespace kiosk::drivers {

/// Looks, judges, and cuts the portrait out of a good picture. `malformed`: fewer than 32 dots a side;
/// `internal`: OpenCV failed.
Result<hal::FaceFinding> examine(Haar& haar, const hal::Frame& frame);

}  // namespace kiosk::drivers
