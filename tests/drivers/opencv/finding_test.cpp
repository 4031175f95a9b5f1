#include "drivers/opencv/finding.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "drivers/confined/message.hpp"

namespace kiosk::drivers {
namespace {

using hal::FaceFault;

const Bytes jpeg{0xFF, 0xD8, 0, 0xFF, 0xD9};

Bytes bytes(FaceFault fault, int x, int y, int width, int height, Bytes portrait = {}) {
  return bytes_of({.fault = fault,
                   .x = x,
                   .y = y,
                   .width = width,
                   .height = height,
                   .portrait = PersonalBytes(std::move(portrait))});
}

bool taken(Bytes answer) {
  const auto finding = finding_of(std::move(answer), 640, 480);
  EXPECT_TRUE(finding || finding.error().code == Errc::malformed);
  return finding.has_value();
}

TEST(Finding, ComesOutAsItWentIn) {
  const auto finding = finding_of(bytes(FaceFault::none, 1, 2, 639, 478, jpeg), 640, 480);
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->fault, FaceFault::none);
  EXPECT_EQ(finding->x, 1);
  EXPECT_EQ(finding->y, 2);
  EXPECT_EQ(finding->width, 639);
  EXPECT_EQ(finding->height, 478);
  EXPECT_EQ(finding->portrait.reveal(), jpeg);
  EXPECT_TRUE(taken(bytes(FaceFault::no_face, 0, 0, 0, 0)));
  EXPECT_TRUE(taken(bytes(FaceFault::blurred, 0, 0, 640, 480)));
}

TEST(Finding, AFaceThatIsNotInTheFrameIsMalformed) {
  constexpr int most = std::numeric_limits<int>::max();
  EXPECT_FALSE(taken(bytes(FaceFault::blurred, 1, 0, 640, 480)));
  EXPECT_FALSE(taken(bytes(FaceFault::blurred, 0, 1, 640, 480)));
  EXPECT_FALSE(taken(bytes(FaceFault::blurred, 0, 0, 0, 480)));
  EXPECT_FALSE(taken(bytes(FaceFault::blurred, -1, 0, 10, 10)));
  EXPECT_FALSE(taken(bytes(FaceFault::blurred, 10, 10, -1, 10)));
  EXPECT_FALSE(taken(bytes(FaceFault::blurred, most, most, most, most)));
  EXPECT_FALSE(taken(bytes(FaceFault::blurred, -1, -1, 2, 2))) << "adds up to 1 in 32 bits";
  EXPECT_FALSE(taken(bytes(FaceFault::no_face, 0, 0, 10, 10)));
}

TEST(Finding, APortraitIsThereExactlyWhenTheFaceIsGood) {
  EXPECT_FALSE(taken(bytes(FaceFault::none, 0, 0, 10, 10)));
  EXPECT_FALSE(taken(bytes(FaceFault::too_dark, 0, 0, 10, 10, jpeg)));
  EXPECT_FALSE(taken(bytes(FaceFault::none, 0, 0, 10, 10, {0xFF, 0xD8, 0xFF})));
  EXPECT_FALSE(taken(bytes(FaceFault::none, 0, 0, 10, 10, Bytes(100))));
}

TEST(Finding, NonsenseIsMalformed) {
  EXPECT_FALSE(taken({}));
  EXPECT_FALSE(taken(Bytes(19)));
  EXPECT_FALSE(taken(Bytes(20, 0xFF)));
  EXPECT_FALSE(taken(bytes(static_cast<FaceFault>(9), 0, 0, 10, 10)));
}

}  // namespace
}  // namespace kiosk::drivers
