#include "tests/lobby/camera/face.hpp"

#include <gtest/gtest.h>

#include "drivers/link/jpeg/jpeg.hpp"
#include "drivers/opencv/face_finder.hpp"
#include "tests/lobby/registry/cast.hpp"
#include "tests/lobby/registry/face_match.hpp"

namespace kiosk::lobby {
namespace {

constexpr auto cascade = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml";

// The faces of the cast and one more: nobody of them may pass for another.
std::vector<std::uint32_t> seeds() {
  std::vector<std::uint32_t> seeds{0};
  for (const auto& person : people()) seeds.push_back(person.face);
  return seeds;
}

Bytes live_portrait(const Standing& person) {
  static const auto finder = drivers::make_opencv_face_finder(cascade);
  const auto finding = finder->examine(draw({.people = {person}}, 640, 480, 2), Wait{});
  return finding ? finding->portrait.reveal() : Bytes{};
}

TEST(DrawnFaces, ALivePictureIsTheEnrolledPersonAndNobodyElse) {
  for (const auto who : seeds()) {
    const auto live = live_portrait({.seed = who});
    ASSERT_FALSE(live.empty()) << who;
    for (const auto other : seeds()) {
      const double alike = likeness(portrait_jpeg(other), live).value();
      if (who == other) {
        EXPECT_GT(alike, same_face) << who;
      } else {
        EXPECT_LT(alike, same_face) << who << " taken for " << other;
      }
    }
  }
}

TEST(DrawnFaces, ThePersonIsKnownNearerAndAside) {
  for (const auto& person : {Standing{.seed = 1, .distance_m = 0.5}, Standing{.seed = 1, .distance_m = 0.8},
                             Standing{.seed = 1, .offset_x = 0.2, .offset_y = -0.1}}) {
    EXPECT_GT(likeness(portrait_jpeg(1), live_portrait(person)).value(), same_face) << person.distance_m;
  }
}

TEST(DrawnFaces, TheSameSeedIsTheSamePicture) {
  EXPECT_EQ(portrait_jpeg(3), portrait_jpeg(3));
  EXPECT_NE(portrait_jpeg(3), portrait_jpeg(4));
  EXPECT_EQ(draw({.people = {{.seed = 3}}}, 160, 120).bgrx, draw({.people = {{.seed = 3}}}, 160, 120).bgrx);
}

TEST(DrawnFaces, WhatIsNoPictureIsLikeNobody) {
  EXPECT_EQ(likeness(portrait_jpeg(1), {}).error().code, Errc::malformed);
  EXPECT_EQ(likeness(as_bytes("not a picture"), portrait_jpeg(1)).error().code, Errc::malformed);
}

}  // namespace
}  // namespace kiosk::lobby
