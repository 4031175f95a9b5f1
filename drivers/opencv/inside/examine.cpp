#include "drivers/opencv/inside/examine.hpp"

#include "drivers/opencv/inside/face_judge.hpp"

namespace kiosk::drivers {

Result<hal::FaceFinding> examine(Haar& haar, const hal::Frame& frame) {
  if (frame.width < 32 || frame.height < 32)
    return fail(Errc::malformed, "face finder: a frame that is too small");
  const auto view = TRY(haar.look(frame));
  const auto& face = view.largest;
  hal::FaceFinding finding{.fault = judge(view, frame.width, frame.height),
                           .x = face.x,
                           .y = face.y,
                           .width = face.width,
                           .height = face.height,
                           .portrait = {}};
  if (finding.fault == hal::FaceFault::none)
    finding.portrait = TRY(portrait(frame, portrait_area(face, frame.width, frame.height)));
  return finding;
}

}  // namespace kiosk::drivers
