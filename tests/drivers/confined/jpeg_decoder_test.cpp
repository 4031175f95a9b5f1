#include "drivers/confined/jpeg_decoder.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "drivers/link/jpeg/jpeg.hpp"
#include "tests/lobby/camera/face.hpp"

namespace kiosk::drivers::confined {
namespace {

using namespace std::chrono_literals;

Bytes picture(int width, int height) {
  return encode_jpeg(lobby::draw({.people = {{.seed = 1}}}, width, height), 85).value();
}

TEST(JpegDecoder, SeesWhatTheLibrarySees) {
  JpegDecoder decoder;
  for (const auto& [width, height] : {std::pair{640, 480}, {32, 32}, {1280, 720}}) {
    const auto jpeg = picture(width, height);
    const auto frame = decoder.decode(jpeg, Wait::of(60s));
    ASSERT_TRUE(frame) << frame.error().what;
    EXPECT_EQ(*frame, decode_jpeg(jpeg));
  }
}

TEST(JpegDecoder, TheLargestPictureFitsIn) {
  JpegDecoder decoder;
  const auto jpeg =
      encode_jpeg({.width = 4096, .height = 4096, .bgrx = Bytes(std::size_t{4} << 24), .taken_at = {}}, 50);
  ASSERT_TRUE(jpeg);
  const auto frame = decoder.decode(*jpeg, Wait::of(60s));
  ASSERT_TRUE(frame) << frame.error().what;
  EXPECT_EQ(frame->width, 4096);
}

TEST(JpegDecoder, BrokenPicturesAreMalformedAndGoodOnesGoOn) {
  JpegDecoder decoder;
  const auto good = picture(320, 240);
  auto flipped = good;
  for (std::size_t i = 200; i < flipped.size(); i += 37) flipped[i] ^= 0xFF;
  const Bytes cut(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(good.size() / 2));
  for (const auto& broken : {Bytes{}, Bytes(1000, 0xFF), cut, Bytes(most_jpeg_bytes + 1)}) {
    const auto frame = decoder.decode(broken, Wait::of(60s));
    ASSERT_FALSE(frame);
    EXPECT_EQ(frame.error().code, Errc::malformed) << frame.error().what;
    EXPECT_TRUE(decoder.decode(good, Wait::of(60s)));
  }
  EXPECT_EQ(decoder.decode(flipped, Wait::of(60s)).has_value(), decode_jpeg(flipped).has_value());
}

}  // namespace
}  // namespace kiosk::drivers::confined
