#include "tests/lobby/escpos/slip.hpp"

#include <algorithm>

#include <png.h>

namespace kiosk::lobby {

bool Slip::black(int x, int y) const {
  const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(row_bytes());
  return (rows.at(at + static_cast<std::size_t>(x) / 8) & (0x80 >> (x % 8))) != 0;
}

Bytes Slip::png() const {
  // libpng's simplified writer knows eight-bit grey only; paper compresses well.
  const int lines = std::max(height(), 1);
  Bytes grey(static_cast<std::size_t>(width) * static_cast<std::size_t>(lines), 0xFF);
  for (int y = 0; y < height(); ++y)
    for (int x = 0; x < width; ++x)
      if (black(x, y))
        grey[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)] = 0;

  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(lines);
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  Bytes file(size);
  if (png_image_write_to_memory(&image, file.data(), &size, 0, grey.data(), 0, nullptr) == 0) return {};
  file.resize(size);
  return file;
}

}  // namespace kiosk::lobby
