// The first byte cuts the rest into pieces; whatever the pieces, nothing larger than the bound comes out.

#include <cstdlib>

#include "drivers/mjpeg/multipart.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::size_t most = 256;
  kiosk::drivers::MultipartReader reader("frame", most);
  std::vector<kiosk::Bytes> parts;
  const std::size_t piece = std::size_t{data[0]} + 1;
  for (std::size_t at = 1; at < size; at += piece) {
    if (!reader.feed({data + at, std::min(piece, size - at)}, parts)) break;
  }
  for (const auto& part : parts) {
    if (part.size() > most) std::abort();
  }
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto boundary = kiosk::drivers::boundary_of(text); boundary && boundary->size() > 70)
    std::abort();
  return 0;
}
