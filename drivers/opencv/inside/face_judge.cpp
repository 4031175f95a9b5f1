#include "drivers/opencv/inside/face_judge.hpp"

#include <algorithm>
#include <cmath>

#include "drivers/link/jpeg/jpeg.hpp"

namespace kiosk::drivers {

using hal::FaceFault;

hal::FaceFault judge(const HaarView& view, int frame_width, int frame_height, const FaceLimits& limits) {
  if (view.faces == 0) return FaceFault::no_face;
  if (view.faces > 1) return FaceFault::several_faces;
  if (view.brightness < limits.darkest) return FaceFault::too_dark;
  if (view.brightness > limits.brightest) return FaceFault::too_bright;

  const auto& face = view.largest;
  const double size = static_cast<double>(face.height) / frame_height;
  if (size < limits.smallest) return FaceFault::too_far;
  if (size > limits.largest) return FaceFault::too_near;

  const double off_x = (face.x + face.width / 2.0) / frame_width - 0.5;
  const double off_y = (face.y + face.height / 2.0) / frame_height - 0.5;
  if (std::abs(off_x) > limits.off_x || std::abs(off_y) > limits.off_y) return FaceFault::off_centre;

  return view.sharpness < limits.sharpest_blur ? FaceFault::blurred : FaceFault::none;
}

HaarFace portrait_area(const HaarFace& face, int frame_width, int frame_height) {
  const int left = std::max(0, face.x - face.width / 4);
  const int top = std::max(0, face.y - face.height / 4);
  const int right = std::min(frame_width, face.x + face.width + face.width / 4);
  const int bottom = std::min(frame_height, face.y + face.height + face.height / 4);
  return {left, top, right - left, bottom - top};
}

Result<PersonalBytes> portrait(const hal::Frame& frame, const HaarFace& area) {
  hal::Frame piece{.width = area.width, .height = area.height, .bgrx = {}, .taken_at = frame.taken_at};
  piece.bgrx.reserve(std::size_t{4} * static_cast<std::size_t>(area.width) *
                     static_cast<std::size_t>(area.height));
  for (int y = area.y; y < area.y + area.height; y++) {
    const auto row = frame.bgrx.begin() + std::ptrdiff_t{4} * (std::ptrdiff_t{y} * frame.width + area.x);
    piece.bgrx.insert(piece.bgrx.end(), row, row + std::ptrdiff_t{4} * area.width);
  }
  auto jpeg = encode_jpeg(piece, 90);
  wipe(piece.bgrx);
  if (!jpeg) return std::unexpected(std::move(jpeg).error());
  return PersonalBytes(*std::move(jpeg));
}

}  // namespace kiosk::drivers
