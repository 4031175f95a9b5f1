// lib/kiosk/kiosk-jpeg: a JPEG comes in, its dots go out (drivers/confined/jpeg_decoder.hpp).
#include <utility>

#include "drivers/confined/frame.hpp"
#include "drivers/confined/inside/serve.hpp"
#include "drivers/confined/jpeg_decoder.hpp"
#include "drivers/link/jpeg/jpeg.hpp"

using namespace kiosk;
using namespace kiosk::drivers;

int main() {
  // The largest progressive picture is held three times: as coefficients, as dots, and as the answer.
  confined::serve({.most_question = confined::most_jpeg_bytes, .most_memory = std::size_t{384} << 20},
                  [](BytesView jpeg) -> Result<Bytes> {
                    auto frame = TRY(decode_jpeg(jpeg));
                    return confined::bytes_of(std::move(frame));
                  });
}
