#include "drivers/confined/message.hpp"

#include <gtest/gtest.h>

#include "drivers/confined/frame.hpp"

namespace kiosk::drivers::confined {
namespace {

TEST(Message, ComesOutAsItWentIn) {
  for (const Header& header : {Header{}, Header{.number = 7, .size = 1000},
                               Header{.number = 0xFFFFFFFF, .verdict = Verdict::failed}}) {
    EXPECT_EQ(header_of(bytes_of(header), 1000), header);
  }
}

TEST(Message, WhatIsNoHeaderIsMalformed) {
  EXPECT_FALSE(header_of(bytes_of({.size = 1001}), 1000));
  EXPECT_FALSE(header_of(bytes_of({.size = 0xFFFFFFFF}), 1000));
  EXPECT_FALSE(header_of(bytes_of({.verdict = Verdict{0}}), 1000));
  EXPECT_FALSE(header_of(bytes_of({.verdict = Verdict{4}}), 1000));
  EXPECT_FALSE(header_of(bytes_of({.verdict = Verdict::refused, .size = 1}), 1000));
  EXPECT_FALSE(answer_of(bytes_of({.number = 1}), 2, 1000)) << "to another question";
}

Bytes framed(std::uint32_t width, std::uint32_t height, std::size_t dots) {
  Bytes bytes(8 + 4 * dots);
  put_number(bytes.data(), width);
  put_number(bytes.data() + 4, height);
  return bytes;
}

TEST(FrameBytes, ComeOutAsTheyWentIn) {
  const hal::Frame frame{.width = 2, .height = 3, .bgrx = Bytes(24, 9), .taken_at = {}};
  EXPECT_EQ(frame_of(bytes_of(frame)), frame);
}

TEST(FrameBytes, OfAnotherSizeThanTheySayAreMalformed) {
  EXPECT_TRUE(frame_of(framed(2, 3, 6)));
  EXPECT_FALSE(frame_of({}));
  EXPECT_FALSE(frame_of(Bytes(7)));
  EXPECT_FALSE(frame_of(framed(2, 3, 5)));
  EXPECT_FALSE(frame_of(framed(2, 3, 7)));
  EXPECT_FALSE(frame_of(framed(0, 3, 0)));
  EXPECT_FALSE(frame_of(framed(4097, 1, 4097)));
  EXPECT_FALSE(frame_of(framed(0x80000000, 2, 0))) << "4 x width x height is 0 in 32 bits";
  EXPECT_FALSE(frame_of(framed(0xFFFFFFFF, 0xFFFFFFFF, 1)));
}

}  // namespace
}  // namespace kiosk::drivers::confined
