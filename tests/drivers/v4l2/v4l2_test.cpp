#include "drivers/v4l2/v4l2.hpp"

#include <fstream>

#include <linux/videodev2.h>

#include "tests/lobby/camera/v4l2_camera.hpp"
#include "tests/lobby/usb/emulated_usb.hpp"
#include "tests/support/camera_conformance.hpp"

namespace kiosk::testing {
namespace {

using namespace std::chrono_literals;
using Formats = std::vector<lobby::ListedFormat>;

[[maybe_unused]] const bool under_umockdev = lobby::restart_under_umockdev();

class V4l2Rig final : public CameraRig {
 public:
  explicit V4l2Rig(Formats formats = {{V4L2_PIX_FMT_YUYV, 320, 240}, {V4L2_PIX_FMT_YUYV, 640, 480}})
      : kernel_(std::move(formats)) {}
  hal::Camera& camera() override { return *camera_; }
  void set_plugged(bool plugged) override { kernel_.set_plugged(plugged); }
  void set_held(bool held) override { kernel_.set_held(held); }
  void set_silent(bool silent) override { kernel_.set_silent(silent); }
  void set_spoiled(bool spoiled) override { kernel_.set_spoiled(spoiled); }
  lobby::V4l2Camera& kernel() { return kernel_; }

 private:
  lobby::V4l2Camera kernel_;
  std::unique_ptr<hal::Camera> camera_ = drivers::make_v4l2(lobby::V4l2Camera::path());
};

template <std::uint32_t fourcc>
std::unique_ptr<CameraRig> rig_of() {
  return std::make_unique<V4l2Rig>(Formats{{fourcc, 640, 480}});
}

INSTANTIATE_TEST_SUITE_P(V4l2, CameraConformance,
                         ::testing::Values(RigMaker{"yuyv", &rig_of<V4L2_PIX_FMT_YUYV>},
                                           RigMaker{"nv12", &rig_of<V4L2_PIX_FMT_NV12>},
                                           RigMaker{"mjpeg", &rig_of<V4L2_PIX_FMT_MJPEG>}));

Errc error_of(const Result<std::unique_ptr<hal::CameraStream>>& stream) {
  return stream ? Errc::internal : stream.error().code;
}

TEST(V4l2, TakesTheSizeThatSuitsFaces) {
  V4l2Rig rig({{V4L2_PIX_FMT_MJPEG, 1920, 1080},
               {V4L2_PIX_FMT_YUYV, 320, 240},
               {V4L2_PIX_FMT_MJPEG, 1280, 720},
               {V4L2_PIX_FMT_MJPEG, 640, 480},
               {V4L2_PIX_FMT_YUYV, 640, 480}});
  auto stream = rig.camera().start(Wait::of(20s));
  ASSERT_TRUE(stream) << stream.error().what;
  const auto frame = (*stream)->next(Wait::of(20s));
  ASSERT_TRUE(frame) << frame.error().what;
  EXPECT_EQ(frame->width, 640);
  EXPECT_NEAR(frame->bgrx[0], 130, 4);
}

TEST(V4l2, SignalsInterruptNothing) {
  V4l2Rig rig;
  rig.kernel().set_interrupted(true);
  auto stream = rig.camera().start(Wait::of(20s));
  ASSERT_TRUE(stream) << stream.error().what;
  EXPECT_TRUE((*stream)->next(Wait::of(20s)));
}

TEST(V4l2, DamagedPicturesAreNotShown) {
  V4l2Rig rig;
  auto stream = rig.camera().start(Wait::of(20s));
  ASSERT_TRUE(stream) << stream.error().what;
  rig.kernel().set_damaged(true);
  const auto frame = (*stream)->next(Wait::of(20s));
  ASSERT_FALSE(frame);
  EXPECT_EQ(frame.error().code, Errc::malformed);
  rig.kernel().set_damaged(false);
  EXPECT_TRUE((*stream)->next(Wait::of(20s)));
}

TEST(V4l2, StopsTheCameraAndWipesItsBuffersAtTheEnd) {
  V4l2Rig rig;
  {
    auto stream = rig.camera().start(Wait::of(20s));
    ASSERT_TRUE(stream) << stream.error().what;
    ASSERT_TRUE((*stream)->next(Wait::of(20s)));
    EXPECT_TRUE(rig.kernel().streaming());
    EXPECT_FALSE(rig.kernel().wiped());
  }
  EXPECT_FALSE(rig.kernel().streaming());
  EXPECT_TRUE(rig.kernel().wiped());
}

TEST(V4l2, ANodeForMetadataIsRefused) {
  V4l2Rig rig;
  rig.kernel().set_no_camera(true);
  EXPECT_EQ(error_of(rig.camera().start(Wait::of(20s))), Errc::refused);
}

TEST(V4l2, ACameraThatSpeaksNoKnownFormatIsRefused) {
  for (const auto& formats :
       {Formats{}, Formats{{V4L2_PIX_FMT_H264, 640, 480}}, Formats{{V4L2_PIX_FMT_YUYV, 8, 8}},
        Formats{{V4L2_PIX_FMT_YUYV, 60000, 60000}}}) {
    V4l2Rig rig(formats);
    EXPECT_EQ(error_of(rig.camera().start(Wait::of(20s))), Errc::refused);
  }
}

TEST(V4l2, WhatIsNoDeviceIsRefusedAndWhatIsNotThereIsUnplugged) {
  const auto file = ::testing::TempDir() + "not_a_camera";
  std::ofstream(file) << "text";
  EXPECT_EQ(error_of(drivers::make_v4l2(file)->start(Wait::of(20s))), Errc::refused);
  EXPECT_EQ(error_of(drivers::make_v4l2("/dev/no-such-camera")->start(Wait::of(20s))), Errc::unplugged);
}

TEST(V4l2, TheWorkerSeesThatACameraIsNotThere) {
  const auto camera = drivers::make_v4l2("/dev/no-such-camera");
  const auto deadline = Wait::of(20s);
  while (camera->status().state != hal::DeviceState::no_device) ASSERT_TRUE(deadline.sleep(5ms));
}

}  // namespace
}  // namespace kiosk::testing
