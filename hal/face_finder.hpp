#pragma once
// Finds the face in a camera frame and judges whether the picture is good enough to compare. It says nothing
// about whose face it is: that is the registry's answer (hal/registry.hpp).

#include "hal/base/personal.hpp"
#include "hal/base/result.hpp"
#include "hal/camera.hpp"

namespace kiosk::hal {

/// Why a frame is not good enough, worst first; the citizen is told one thing at a time.
enum class FaceFault {
  none,
  no_face,
  several_faces,
  too_dark,
  too_bright,
  too_far,
  too_near,
  off_centre,
  blurred
};

struct FaceFinding {
  FaceFault fault = FaceFault::no_face;
  int x = 0, y = 0, width = 0, height = 0;  ///< the face in dots of the frame; all 0 without one
  PersonalBytes portrait;                   ///< JPEG of the face with a margin; empty unless fault == none
};

class FaceFinder {
 public:
  virtual ~FaceFinder() = default;

  /// Looks at one frame. Blocks for about 11 ms (measured, Haar cascade, 640x480), at most 10 s, and 10 s
  /// more when it must start its program. A frame that cannot be looked at shows no face. `internal` when the
  /// cascade could not be loaded or the program not be started, `malformed` when the frame's size and bytes
  /// disagree, or the tenth in a row could not be looked at · `cancelled`, `timed_out`.
  virtual Result<FaceFinding> examine(const Frame& frame, const Wait& wait) = 0;
};

}  // namespace kiosk::hal
