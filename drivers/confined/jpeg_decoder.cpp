#include "drivers/confined/jpeg_decoder.hpp"

#include <chrono>
#include <utility>

#include "drivers/confined/frame.hpp"

namespace kiosk::drivers::confined {

using namespace std::chrono_literals;

Result<hal::Frame> JpegDecoder::decode(BytesView jpeg, const Wait& wait) {
  if (jpeg.size() > most_jpeg_bytes) return fail(Errc::malformed, "JPEG: too large");
  auto bytes = TRY(room_.ask({jpeg}, {.most_bytes = most_frame_bytes, .longest = 5s}, wait));
  return frame_of(std::move(bytes));
}

}  // namespace kiosk::drivers::confined
