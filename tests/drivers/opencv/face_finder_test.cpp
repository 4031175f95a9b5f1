#include "drivers/opencv/face_finder.hpp"

#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "drivers/link/jpeg/jpeg.hpp"
#include "drivers/opencv/inside/face_judge.hpp"
#include "tests/lobby/camera/face.hpp"
#include "tests/support/face_finder_conformance.hpp"

namespace kiosk::drivers {
namespace {

using hal::FaceFault;
using lobby::Scene;

constexpr auto cascade = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml";

hal::Frame scene(const Scene& scene) {
  return lobby::draw(scene, 640, 480);
}

class OpenCvRig {
 public:
  hal::FaceFinder& finder() { return *finder_; }
  hal::FaceFinder& broken() { return *broken_; }
  static hal::Frame shown(FaceFault fault) {
    switch (fault) {
      case FaceFault::none:
        return scene({.people = {{.seed = 1}}});
      case FaceFault::no_face:
        return scene({});
      case FaceFault::several_faces:
        return scene({.people = {{.seed = 1, .distance_m = 0.8, .offset_x = -0.45},
                                 {.seed = 4, .distance_m = 0.8, .offset_x = 0.45}}});
      case FaceFault::too_dark:
        return scene({.people = {{.seed = 1}}, .light = 0.2});
      case FaceFault::too_bright:
        return scene({.people = {{.seed = 1}}, .light = 1.8});
      case FaceFault::too_far:
        return scene({.people = {{.seed = 1, .distance_m = 1.4}}});
      case FaceFault::too_near:
        return scene({.people = {{.seed = 1, .distance_m = 0.33, .offset_y = 0.1}}});
      case FaceFault::off_centre:
        return scene({.people = {{.seed = 1, .offset_x = 0.55}}});
      case FaceFault::blurred:
        return scene({.people = {{.seed = 1}}, .blur = 5});
    }
    return {};
  }

 private:
  std::unique_ptr<hal::FaceFinder> finder_ = make_opencv_face_finder(cascade);
  std::unique_ptr<hal::FaceFinder> broken_ = make_opencv_face_finder("/nowhere/cascade.xml");
};

}  // namespace
}  // namespace kiosk::drivers

namespace kiosk::testing {
INSTANTIATE_TYPED_TEST_SUITE_P(OpenCv, FaceFinderConformance, drivers::OpenCvRig);
}

namespace kiosk::drivers {
namespace {

TEST(FaceFinder, APersonBeforeTheCameraIsFound) {
  const auto finder = make_opencv_face_finder(cascade);
  for (std::uint32_t seed = 0; seed < 12; seed++) {
    const auto finding = finder->examine(scene({.people = {{.seed = seed}}}), Wait{});
    ASSERT_TRUE(finding);
    EXPECT_EQ(finding->fault, FaceFault::none) << seed;
  }
}

TEST(FaceFinder, TheBoxIsWhereThePersonStands) {
  const auto finder = make_opencv_face_finder(cascade);
  for (const double offset : {-0.25, 0.0, 0.25}) {
    const auto finding =
        finder->examine(lobby::draw({.people = {{.seed = 3, .offset_x = offset}}}, 640, 480), Wait{});
    ASSERT_TRUE(finding);
    EXPECT_NEAR(finding->x + finding->width / 2.0, 320 * (1 + offset), 24);
    EXPECT_NEAR(finding->y + finding->height / 2.0, 240, 40);
  }
}

TEST(FaceFinder, WorksInEveryUsualPictureSize) {
  const auto finder = make_opencv_face_finder(cascade);
  for (const auto& [width, height] : {std::pair{320, 240}, {640, 360}, {1280, 720}, {720, 1280}}) {
    const auto finding = finder->examine(lobby::draw({.people = {{.seed = 2}}}, width, height), Wait{});
    ASSERT_TRUE(finding);
    EXPECT_NE(finding->fault, FaceFault::no_face) << width << "x" << height;
  }
}

TEST(FaceFinder, ThePortraitIsTheFaceWithAMargin) {
  const auto finder = make_opencv_face_finder(cascade);
  const auto finding = finder->examine(lobby::draw({.people = {{.seed = 5}}}, 640, 480), Wait{});
  ASSERT_TRUE(finding);
  const auto picture = decode_jpeg(finding->portrait.reveal());
  ASSERT_TRUE(picture);
  EXPECT_NEAR(picture->width, finding->width * 1.5, 3);
  EXPECT_NEAR(picture->height, finding->height * 1.5, 3);
}

TEST(FaceFinder, ACascadeThatCannotBeLoadedIsInternal) {
  const std::string garbage = ::testing::TempDir() + "garbage_cascade.xml";
  std::ofstream(garbage) << "<?xml version=\"1.0\"?><opencv_storage><cascade>";
  for (const std::string& path : {std::string("/nowhere/cascade.xml"), std::string(), garbage}) {
    const auto finding = make_opencv_face_finder(path)->examine(lobby::draw({}, 320, 240), Wait{});
    ASSERT_FALSE(finding) << path;
    EXPECT_EQ(finding.error().code, Errc::internal);
  }
}

TEST(FaceJudge, TheWorstFaultIsNamed) {
  const HaarView good{.faces = 1, .largest = {220, 140, 200, 200}, .brightness = 140, .sharpness = 500};
  EXPECT_EQ(judge(good, 640, 480), FaceFault::none);
  HaarView view = good;
  view.sharpness = 0;
  EXPECT_EQ(judge(view, 640, 480), FaceFault::blurred);
  view.largest.x = 0;
  EXPECT_EQ(judge(view, 640, 480), FaceFault::off_centre);
  view.largest.height = view.largest.width = 400;
  EXPECT_EQ(judge(view, 640, 480), FaceFault::too_near);
  view.largest.height = view.largest.width = 60;
  EXPECT_EQ(judge(view, 640, 480), FaceFault::too_far);
  view.brightness = 250;
  EXPECT_EQ(judge(view, 640, 480), FaceFault::too_bright);
  view.brightness = 10;
  EXPECT_EQ(judge(view, 640, 480), FaceFault::too_dark);
  view.faces = 2;
  EXPECT_EQ(judge(view, 640, 480), FaceFault::several_faces);
  view.faces = 0;
  EXPECT_EQ(judge(view, 640, 480), FaceFault::no_face);
}

TEST(FaceJudge, ThePortraitStaysInsideTheFrame) {
  for (const HaarFace face :
       {HaarFace{0, 0, 100, 100}, HaarFace{540, 380, 100, 100}, HaarFace{0, 0, 640, 480}}) {
    const auto area = portrait_area(face, 640, 480);
    EXPECT_GE(area.x, 0);
    EXPECT_GE(area.y, 0);
    EXPECT_LE(area.x + area.width, 640);
    EXPECT_LE(area.y + area.height, 480);
  }
}

}  // namespace
}  // namespace kiosk::drivers
