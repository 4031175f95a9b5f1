// Whatever a camera sends as a picture: decoded whole, or refused.

#include <cstdlib>

#include "drivers/link/jpeg/jpeg.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto frame = kiosk::drivers::decode_jpeg({data, size});
  if (!frame) return 0;
  const auto dots = static_cast<std::size_t>(frame->width) * static_cast<std::size_t>(frame->height);
  if (frame->width < 1 || frame->height < 1 || frame->bgrx.size() != 4 * dots) std::abort();
  return 0;
}
