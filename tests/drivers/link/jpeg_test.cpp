#include "drivers/link/jpeg/jpeg.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

namespace kiosk::drivers {
namespace {

hal::Frame striped(int width, int height) {
  hal::Frame frame{.width = width, .height = height};
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      const auto red = static_cast<std::uint8_t>(x < width / 2 ? 220 : 30);
      frame.bgrx.insert(frame.bgrx.end(), {40, 90, red, 255});
    }
  }
  return frame;
}

TEST(Jpeg, APictureComesBackMuchAsItWas) {
  const auto before = striped(64, 48);
  const auto jpeg = encode_jpeg(before, 95);
  ASSERT_TRUE(jpeg);
  const auto after = decode_jpeg(*jpeg);
  ASSERT_TRUE(after);
  EXPECT_EQ(after->width, 64);
  EXPECT_EQ(after->height, 48);
  ASSERT_EQ(after->bgrx.size(), before.bgrx.size());
  for (const std::size_t dot : {std::size_t{4}, std::size_t{60}, std::size_t{64 * 47 + 2}}) {
    for (std::size_t channel = 0; channel < 3; channel++) {
      EXPECT_NEAR(after->bgrx[4 * dot + channel], before.bgrx[4 * dot + channel], 8) << dot << "," << channel;
    }
  }
}

TEST(Jpeg, EveryTruncationIsMalformed) {
  const auto jpeg = encode_jpeg(striped(32, 32), 80).value();
  for (std::size_t size = 0; size + 2 < jpeg.size(); size++) {
    const auto frame = decode_jpeg(BytesView(jpeg).first(size));
    ASSERT_FALSE(frame) << size << " of " << jpeg.size();
    EXPECT_EQ(frame.error().code, Errc::malformed);
  }
}

TEST(Jpeg, BrokenBytesNeverCrash) {
  const auto jpeg = encode_jpeg(striped(32, 32), 80).value();
  for (std::size_t at = 0; at < jpeg.size(); at++) {
    for (const int flip : {0x01, 0x80, 0xff}) {
      Bytes broken = jpeg;
      broken[at] = static_cast<std::uint8_t>(broken[at] ^ flip);
      const auto frame = decode_jpeg(broken);
      if (frame) {
        EXPECT_EQ(frame->bgrx.size(),
                  std::size_t{4} * static_cast<std::size_t>(frame->width * frame->height));
      }
    }
  }
}

TEST(Jpeg, AHugePictureIsRefusedBeforeItTakesMemory) {
  auto jpeg = encode_jpeg(striped(32, 32), 80).value();
  for (std::size_t at = 0; at + 8 < jpeg.size(); at++) {
    if (jpeg[at] != 0xff || jpeg[at + 1] != 0xc0) continue;
    for (std::size_t i = 5; i < 9; i++) jpeg[at + i] = 0xff;  // height and width of the frame header
  }
  EXPECT_EQ(decode_jpeg(jpeg).error().code, Errc::malformed);
}

TEST(Jpeg, APictureWhoseSizeAndBytesDisagreeIsNotEncoded) {
  hal::Frame frame = striped(16, 16);
  frame.bgrx.pop_back();
  EXPECT_EQ(encode_jpeg(frame, 80).error().code, Errc::malformed);
  EXPECT_EQ(encode_jpeg({}, 80).error().code, Errc::malformed);
  EXPECT_EQ(encode_jpeg({.width = -4, .height = -4, .bgrx = Bytes(64)}, 80).error().code, Errc::malformed);
}

}  // namespace
}  // namespace kiosk::drivers
