#pragma once
// JPEG pictures of strangers, decoded in a confined program (kiosk-jpeg).

#include "drivers/confined/room.hpp"
#include "hal/camera.hpp"

namespace kiosk::drivers::confined {

constexpr std::size_t most_jpeg_bytes = std::size_t{4} << 20;

/// One thread at a time. The program ends with the decoder.
class JpegDecoder {
 public:
  /// Starts the program, so that the first picture need not wait for it. Errors of Room::open().
  Result<void> open(const Wait& wait) { return room_.open(wait); }

  /// Decodes one JPEG of at most 4 MiB (link/jpeg/jpeg.hpp says which kinds). Blocks, 2 ms for 640x480 and at
  /// most 5 s. `malformed`: it does not decode, or the program ended over it · `internal`: the program cannot
  /// be started · `cancelled`, `timed_out`.
  Result<hal::Frame> decode(BytesView jpeg, const Wait& wait);

 private:
  Room room_{{.file = "kiosk-jpeg"}};
};

}  // namespace kiosk::drivers::confined
