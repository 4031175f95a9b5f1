#include "tests/lobby/web/png.hpp"

#include <algorithm>
#include <cstdlib>

#include <png.h>
#include <zlib.h>

namespace kiosk::lobby {
namespace {

void append(png_structp png, png_bytep bytes, png_size_t count) {
  auto* out = static_cast<Bytes*>(png_get_io_ptr(png));
  out->insert(out->end(), bytes, bytes + count);
}

[[noreturn]] void give_up(png_structp, png_const_charp) {
  std::abort();  // our own dots cannot be wrong
}

void append_row(const Snapshot& picture, const hal::DotRect& part, int row, Bytes& rgb) {
  const auto first = static_cast<std::size_t>(part.y + row) * static_cast<std::size_t>(picture.width) +
                     static_cast<std::size_t>(part.x);
  auto* out = rgb.data();
  for (std::size_t x = 0; x < static_cast<std::size_t>(part.width); ++x) {
    const std::uint32_t dot = picture.dots[first + x];
    *out++ = static_cast<std::uint8_t>(dot >> 16U);
    *out++ = static_cast<std::uint8_t>(dot >> 8U);
    *out++ = static_cast<std::uint8_t>(dot);
  }
}

}  // namespace

Bytes to_png(const Snapshot& picture, hal::DotRect part) {
  const int right = std::min(part.x + part.width, picture.width);
  const int bottom = std::min(part.y + part.height, picture.height);
  part.x = std::max(part.x, 0);
  part.y = std::max(part.y, 0);
  part.width = right - part.x;
  part.height = bottom - part.y;
  Bytes out;
  if (part.width <= 0 || part.height <= 0) return out;

  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, give_up, nullptr);
  png_infop description = png_create_info_struct(png);
  png_set_write_fn(png, &out, append, nullptr);
  png_set_IHDR(png, description, static_cast<png_uint_32>(part.width), static_cast<png_uint_32>(part.height),
               8, PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level(png, Z_BEST_SPEED);
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
  png_write_info(png, description);
  Bytes rgb(static_cast<std::size_t>(part.width) * 3);
  for (int row = 0; row < part.height; ++row) {
    append_row(picture, part, row, rgb);
    png_write_row(png, rgb.data());
  }
  png_write_end(png, description);
  png_destroy_write_struct(&png, &description);
  return out;
}

Bytes to_png(const Snapshot& picture) {
  return to_png(picture, {0, 0, picture.width, picture.height});
}

}  // namespace kiosk::lobby
