#pragma once
// What a view of a face is worth: thresholds, and the piece of the frame that is sent. Pure; knows nothing of
// OpenCV.

#include "drivers/opencv/inside/haar.hpp"
#include "hal/face_finder.hpp"

namespace kiosk::drivers {

/// Limits of a frame good enough to compare. The cascade's box spans brow to chin; the eyes are 0.4 of it
/// apart.
struct FaceLimits {
  double darkest = 55, brightest = 215;  ///< mean luma of the face, 0..255
  double smallest = 0.25,
         largest = 0.75;  ///< box height / frame height: 0.25 of 480 rows is 48 dots between the eyes
  double off_x = 0.20,
         off_y = 0.22;        ///< centre of the box from the centre of the frame, part of width, height
  double sharpest_blur = 60;  ///< variance of the Laplacian at 128x128 dots
};

/// The worst fault of what was seen in a frame of this size, in the order of hal::FaceFault.
hal::FaceFault judge(const HaarView& view, int frame_width, int frame_height, const FaceLimits& limits = {});

/// The box with a quarter of its size added on each side, cut at the frame's edges: hair, chin and ears are
/// in it.
HaarFace portrait_area(const HaarFace& face, int frame_width, int frame_height);

/// JPEG of that area.
Result<PersonalBytes> portrait(const hal::Frame& frame, const HaarFace& area);

}  // namespace kiosk::drivers
