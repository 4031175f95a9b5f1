#include "drivers/v4l2/pixels.hpp"

#include <algorithm>
#include <tuple>

#include <linux/videodev2.h>

namespace kiosk::drivers {
namespace {

constexpr int smallest_side = 32;
constexpr int largest_side = 4096;

std::int64_t dots(const Offer& offer) {
  return std::int64_t{offer.width} * offer.height;
}

std::int64_t distance(const Offer& offer) {
  if (offer.width < 640 || offer.height < 480)
    return std::max<std::int64_t>(1, std::int64_t{640} * 480 - dots(offer));
  if (offer.width > 1280 || offer.height > 720)
    return std::max<std::int64_t>(1, dots(offer) - std::int64_t{1280} * 720);
  return 0;
}

bool sane(const Offer& offer) {
  const auto fits = [](int side) { return side >= smallest_side && side <= largest_side && side % 2 == 0; };
  return fits(offer.width) && fits(offer.height);
}

std::uint8_t clamped(int value) {
  return static_cast<std::uint8_t>(std::clamp(value >> 8, 0, 255));
}

// BT.601, video range, in 1/256.
void put(std::uint8_t* dot, int luma, int blue_difference, int red_difference) {
  const int y = 298 * (luma - 16) + 128;
  const int u = blue_difference - 128;
  const int v = red_difference - 128;
  dot[0] = clamped(y + 516 * u);
  dot[1] = clamped(y - 100 * u - 208 * v);
  dot[2] = clamped(y + 409 * v);
  dot[3] = 255;
}

void unpack_yuyv(hal::Frame& frame, std::size_t stride, const std::uint8_t* bytes) {
  auto* dot = frame.bgrx.data();
  for (int y = 0; y < frame.height; y++, bytes += stride) {
    const auto* pair = bytes;
    for (int x = 0; x < frame.width; x += 2, pair += 4, dot += 8) {
      put(dot, pair[0], pair[1], pair[3]);
      put(dot + 4, pair[2], pair[1], pair[3]);
    }
  }
}

void unpack_nv12(hal::Frame& frame, std::size_t stride, const std::uint8_t* bytes) {
  auto* dot = frame.bgrx.data();
  const auto* colours = bytes + stride * static_cast<std::size_t>(frame.height);
  for (int y = 0; y < frame.height; y++, bytes += stride) {
    const auto* colour_row = colours + stride * static_cast<std::size_t>(y / 2);
    for (int x = 0; x < frame.width; x++, dot += 4) {
      const int even = x - x % 2;
      put(dot, bytes[x], colour_row[even], colour_row[even + 1]);
    }
  }
}

}  // namespace

std::uint32_t fourcc_of(Pixels pixels) {
  switch (pixels) {
    case Pixels::yuyv:
      return V4L2_PIX_FMT_YUYV;
    case Pixels::nv12:
      return V4L2_PIX_FMT_NV12;
    case Pixels::mjpeg:
      return V4L2_PIX_FMT_MJPEG;
  }
  return 0;
}

std::optional<Pixels> pixels_of(std::uint32_t fourcc) {
  switch (fourcc) {
    case V4L2_PIX_FMT_YUYV:
      return Pixels::yuyv;
    case V4L2_PIX_FMT_NV12:
      return Pixels::nv12;
    case V4L2_PIX_FMT_MJPEG:
    case V4L2_PIX_FMT_JPEG:
      return Pixels::mjpeg;
    default:
      return std::nullopt;
  }
}

std::optional<Offer> best_of(const std::vector<Offer>& offers) {
  const auto rank = [](const Offer& offer) {
    return std::tuple(!sane(offer), distance(offer), dots(offer), offer.pixels);
  };
  const auto best = std::min_element(offers.begin(), offers.end(),
                                     [&](const Offer& a, const Offer& b) { return rank(a) < rank(b); });
  if (best == offers.end() || !sane(*best)) return std::nullopt;
  return *best;
}

Result<hal::Frame> unpack(const Offer& format, std::size_t stride, BytesView bytes) {
  if (!sane(format)) return fail(Errc::malformed, "camera: a picture of no usable size");
  if (format.pixels == Pixels::mjpeg)
    return fail(Errc::malformed, "camera: a picture that is not plain dots");
  const auto width = static_cast<std::size_t>(format.width);
  const auto height = static_cast<std::size_t>(format.height);
  const bool yuyv = format.pixels == Pixels::yuyv;
  const std::size_t row = yuyv ? 2 * width : width;
  const std::size_t rows = yuyv ? height : height * 3 / 2;
  if (stride < row || bytes.size() < stride * (rows - 1) + row)
    return fail(Errc::malformed, "camera: a short picture");
  hal::Frame frame{.width = format.width, .height = format.height, .bgrx = Bytes(4 * width * height)};
  yuyv ? unpack_yuyv(frame, stride, bytes.data()) : unpack_nv12(frame, stride, bytes.data());
  return frame;
}

}  // namespace kiosk::drivers
