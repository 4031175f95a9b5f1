#pragma once
// What every face finder does. A rig has finder(), shown(fault), which is a frame that has this fault (or
// shows a good face), and broken(), a finder that cannot work.

#include <gtest/gtest.h>

#include "hal/base/bytes.hpp"
#include "hal/face_finder.hpp"

namespace kiosk::testing {

template <class Rig>
class FaceFinderConformance : public ::testing::Test {
 protected:
  Rig rig;
};

TYPED_TEST_SUITE_P(FaceFinderConformance);

TYPED_TEST_P(FaceFinderConformance, NamesEveryFaultAndGivesAPortraitOnlyOfAGoodFace) {
  using enum hal::FaceFault;
  for (const auto fault :
       {none, no_face, several_faces, too_dark, too_bright, too_far, too_near, off_centre, blurred}) {
    const auto frame = this->rig.shown(fault);
    const auto finding = this->rig.finder().examine(frame, Wait{});
    ASSERT_TRUE(finding) << finding.error().what;
    EXPECT_EQ(finding->fault, fault);
    EXPECT_EQ(finding->portrait.empty(), fault != none);
    if (fault == no_face) {
      EXPECT_EQ(finding->width, 0);
      EXPECT_EQ(finding->height, 0);
    }
  }
}

TYPED_TEST_P(FaceFinderConformance, TheFaceLiesInsideTheFrame) {
  const auto frame = this->rig.shown(hal::FaceFault::none);
  const auto finding = this->rig.finder().examine(frame, Wait{});
  ASSERT_TRUE(finding);
  EXPECT_GT(finding->width, 0);
  EXPECT_GT(finding->height, 0);
  EXPECT_GE(finding->x, 0);
  EXPECT_GE(finding->y, 0);
  EXPECT_LE(finding->x + finding->width, frame.width);
  EXPECT_LE(finding->y + finding->height, frame.height);
}

TYPED_TEST_P(FaceFinderConformance, ThePortraitIsAJpeg) {
  const auto finding = this->rig.finder().examine(this->rig.shown(hal::FaceFault::none), Wait{});
  ASSERT_TRUE(finding);
  const auto& jpeg = finding->portrait.reveal();
  ASSERT_GE(jpeg.size(), 4U);
  EXPECT_EQ(jpeg[0], 0xFF);
  EXPECT_EQ(jpeg[1], 0xD8);
  EXPECT_EQ(jpeg[jpeg.size() - 2], 0xFF);
  EXPECT_EQ(jpeg[jpeg.size() - 1], 0xD9);
}

TYPED_TEST_P(FaceFinderConformance, AFrameWhoseSizeAndBytesDisagreeIsMalformed) {
  for (const auto& frame :
       {hal::Frame{}, hal::Frame{.width = 640, .height = 480}, hal::Frame{.width = -640, .height = -480},
        hal::Frame{.width = 640, .height = 480, .bgrx = Bytes(std::size_t{640} * 480 * 4 - 1)},
        hal::Frame{.width = 8, .height = 8, .bgrx = Bytes(257)}}) {
    const auto finding = this->rig.finder().examine(frame, Wait{});
    ASSERT_FALSE(finding);
    EXPECT_EQ(finding.error().code, Errc::malformed);
  }
}

TYPED_TEST_P(FaceFinderConformance, OneThatCannotWorkSaysSo) {
  const auto finding = this->rig.broken().examine(this->rig.shown(hal::FaceFault::none), Wait{});
  ASSERT_FALSE(finding);
  EXPECT_EQ(finding.error().code, Errc::internal);
}

REGISTER_TYPED_TEST_SUITE_P(FaceFinderConformance, NamesEveryFaultAndGivesAPortraitOnlyOfAGoodFace,
                            TheFaceLiesInsideTheFrame, ThePortraitIsAJpeg,
                            AFrameWhoseSizeAndBytesDisagreeIsMalformed, OneThatCannotWorkSaysSo);

}  // namespace kiosk::testing
