#include "drivers/link/jpeg/jpeg.hpp"
#include "tests/lobby/camera/face.hpp"

namespace kiosk::lobby {

Bytes portrait_jpeg(std::uint32_t seed) {
  // At this distance the box is 160 dots of 480 rows, and the picture is cut as the finder cuts it: a quarter
  // around.
  constexpr int picture = 480;
  constexpr int cut = 240;
  const auto whole =
      draw({.people = {{.seed = seed, .distance_m = 0.6 * 0.45 * picture / 160}}}, picture, picture);
  hal::Frame frame{.width = cut, .height = cut, .bgrx = {}, .taken_at = {}};
  for (int y = (picture - cut) / 2; y < (picture + cut) / 2; y++) {
    const auto row = whole.bgrx.begin() + std::ptrdiff_t{4} * (y * picture + (picture - cut) / 2);
    frame.bgrx.insert(frame.bgrx.end(), row, row + std::ptrdiff_t{4} * cut);
  }
  return drivers::encode_jpeg(frame, 90).value_or(Bytes{});
}

}  // namespace kiosk::lobby
