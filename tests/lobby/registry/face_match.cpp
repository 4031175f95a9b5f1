#include "tests/lobby/registry/face_match.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <csetjmp>
#include <cstdio>
#include <numeric>

#include <jpeglib.h>

namespace kiosk::lobby {
namespace {

constexpr unsigned side = 32;
using Thumbnail = std::array<double, std::size_t{side} * side * 3>;

struct JpegError {
  jpeg_error_mgr base;
  std::jmp_buf out;
};

[[noreturn]] void leave(j_common_ptr decoder) {
  std::longjmp(reinterpret_cast<JpegError*>(decoder->err)->out, 1);
}

// libjpeg ends by longjmp, so nothing with a destructor lives between here and there: the caller holds the
// rows.
bool decode(BytesView jpeg, Bytes& rgb, unsigned& width, unsigned& height) {
  jpeg_decompress_struct decoder{};
  JpegError error{};
  decoder.err = jpeg_std_error(&error.base);
  error.base.error_exit = leave;
  error.base.emit_message = [](j_common_ptr, int) {};
  if (setjmp(error.out) != 0) {
    jpeg_destroy_decompress(&decoder);
    return false;
  }
  jpeg_create_decompress(&decoder);
  jpeg_mem_src(&decoder, jpeg.data(), jpeg.size());
  jpeg_read_header(&decoder, TRUE);
  decoder.out_color_space = JCS_RGB;
  width = decoder.image_width;
  height = decoder.image_height;
  if (width == 0 || height == 0 || width > 4096 || height > 4096) {
    jpeg_destroy_decompress(&decoder);
    return false;
  }
  jpeg_start_decompress(&decoder);
  rgb.resize(std::size_t{width} * height * 3);
  while (decoder.output_scanline < height) {
    JSAMPROW row = rgb.data() + std::size_t{decoder.output_scanline} * width * 3;
    jpeg_read_scanlines(&decoder, &row, 1);
  }
  jpeg_finish_decompress(&decoder);
  jpeg_destroy_decompress(&decoder);
  return true;
}

// The mean of each cell, then each colour freed of its mean: light that is brighter all over does not count.
Thumbnail shrink(const Bytes& rgb, unsigned width, unsigned height) {
  Thumbnail cells{};
  for (unsigned y = 0; y < side; ++y) {
    for (unsigned x = 0; x < side; ++x) {
      const unsigned top = y * height / side, bottom = std::max(top + 1, (y + 1) * height / side);
      const unsigned left = x * width / side, right = std::max(left + 1, (x + 1) * width / side);
      for (unsigned colour = 0; colour < 3; ++colour) {
        double sum = 0;
        for (unsigned row = top; row < bottom; ++row) {
          for (unsigned column = left; column < right; ++column) {
            sum += rgb[(std::size_t{row} * width + column) * 3 + colour];
          }
        }
        cells[(std::size_t{y} * side + x) * 3 + colour] = sum / ((bottom - top) * (right - left));
      }
    }
  }
  const double mean = std::accumulate(cells.begin(), cells.end(), 0.0) / static_cast<double>(cells.size());
  for (double& cell : cells) cell -= mean;
  return cells;
}

}  // namespace

Result<double> likeness(BytesView jpeg, BytesView other) {
  if (std::ranges::equal(jpeg, other)) return 1.0;
  std::array<Thumbnail, 2> thumbnails{};
  for (std::size_t i = 0; i < 2; ++i) {
    Bytes rgb;
    unsigned width = 0, height = 0;
    if (!decode(i == 0 ? jpeg : other, rgb, width, height)) return fail(Errc::malformed, "not a JPEG");
    thumbnails[i] = shrink(rgb, width, height);
  }
  const auto dot = [](const Thumbnail& a, const Thumbnail& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
  };
  const double size = std::sqrt(dot(thumbnails[0], thumbnails[0]) * dot(thumbnails[1], thumbnails[1]));
  return size == 0 ? 0.0 : dot(thumbnails[0], thumbnails[1]) / size;
}

}  // namespace kiosk::lobby
