#include "drivers/v4l2/pixels.hpp"

#include <array>

#include <gtest/gtest.h>

namespace kiosk::drivers {
namespace {

constexpr int side = 32;
using Dot = std::array<int, 3>;

Bytes yuyv_of(std::uint8_t y, std::uint8_t u, std::uint8_t v) {
  Bytes bytes;
  for (int i = 0; i < side * side / 2; i++) bytes.insert(bytes.end(), {y, u, y, v});
  return bytes;
}

Bytes nv12_of(std::uint8_t y, std::uint8_t u, std::uint8_t v) {
  Bytes bytes(std::size_t{side} * side, y);
  for (int i = 0; i < side * side / 4; i++) bytes.insert(bytes.end(), {u, v});
  return bytes;
}

// BT.601 video range, from the standard's own primaries.
TEST(Pixels, TheStandardsColoursComeOutAsTheyShould) {
  struct Case {
    std::uint8_t y, u, v;
    Dot bgr;
  };
  for (const auto& [y, u, v, bgr] :
       {Case{16, 128, 128, {0, 0, 0}}, Case{235, 128, 128, {255, 255, 255}}, Case{81, 90, 240, {0, 0, 255}},
        Case{145, 54, 34, {0, 255, 0}}, Case{41, 240, 110, {255, 0, 0}}}) {
    for (const auto& frame : {unpack({Pixels::yuyv, side, side}, std::size_t{2} * side, yuyv_of(y, u, v)),
                              unpack({Pixels::nv12, side, side}, side, nv12_of(y, u, v))}) {
      ASSERT_TRUE(frame);
      for (const std::size_t dot : {std::size_t{0}, std::size_t{side * side - 1}}) {
        for (std::size_t channel = 0; channel < 3; channel++) {
          EXPECT_NEAR(frame->bgrx[4 * dot + channel], bgr[channel], 3);
        }
      }
    }
  }
}

TEST(Pixels, RowsMayBePadded) {
  Bytes bytes;
  for (int row = 0; row < side; row++) {
    for (int pair = 0; pair < side / 2; pair++) bytes.insert(bytes.end(), {235, 128, 235, 128});
    bytes.insert(bytes.end(), 10, 0);
  }
  const auto frame = unpack({Pixels::yuyv, side, side}, std::size_t{2} * side + 10, bytes);
  ASSERT_TRUE(frame);
  for (std::size_t i = 0; i < frame->bgrx.size(); i++) ASSERT_EQ(frame->bgrx[i], 255) << i;
}

TEST(Pixels, ShortAndImpossiblePicturesAreMalformed) {
  auto yuyv = yuyv_of(16, 128, 128);
  yuyv.pop_back();
  auto nv12 = nv12_of(16, 128, 128);
  nv12.pop_back();
  EXPECT_FALSE(unpack({Pixels::yuyv, side, side}, std::size_t{2} * side, yuyv));
  EXPECT_FALSE(unpack({Pixels::nv12, side, side}, side, nv12));
  EXPECT_FALSE(unpack({Pixels::yuyv, side, side}, side, yuyv_of(1, 2, 3))) << "rows overlap";
  EXPECT_FALSE(unpack({Pixels::yuyv, 0, 0}, 0, {}));
  EXPECT_FALSE(unpack({Pixels::yuyv, -2, -2}, 4, yuyv_of(1, 2, 3)));
  EXPECT_FALSE(unpack({Pixels::mjpeg, side, side}, std::size_t{2} * side, yuyv_of(1, 2, 3)))
      << "not plain dots";
}

TEST(BestOffer, IsTheSmallestThatSuitsAFace) {
  EXPECT_EQ(best_of({{Pixels::mjpeg, 1280, 720}, {Pixels::mjpeg, 640, 480}, {Pixels::yuyv, 640, 480}}),
            (Offer{Pixels::yuyv, 640, 480}));
  EXPECT_EQ(best_of({{Pixels::yuyv, 1920, 1080}, {Pixels::mjpeg, 800, 600}}),
            (Offer{Pixels::mjpeg, 800, 600}));
  EXPECT_EQ(best_of({{Pixels::yuyv, 160, 120}, {Pixels::yuyv, 320, 240}}), (Offer{Pixels::yuyv, 320, 240}));
  EXPECT_EQ(best_of({{Pixels::yuyv, 3840, 2160}, {Pixels::mjpeg, 1920, 1080}}),
            (Offer{Pixels::mjpeg, 1920, 1080}));
}

TEST(BestOffer, IsNoneWhenNoneIsUsable) {
  EXPECT_EQ(best_of({}), std::nullopt);
  EXPECT_EQ(best_of({{Pixels::yuyv, 0, 0},
                     {Pixels::yuyv, 641, 481},
                     {Pixels::yuyv, 9000, 9000},
                     {Pixels::yuyv, -640, -480}}),
            std::nullopt);
}

}  // namespace
}  // namespace kiosk::drivers
