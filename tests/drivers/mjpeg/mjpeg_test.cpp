#include "drivers/mjpeg/mjpeg.hpp"

#include "tests/lobby/camera/mjpeg_server.hpp"
#include "tests/support/camera_conformance.hpp"

namespace kiosk::testing {
namespace {

using namespace std::chrono_literals;
using lobby::CameraTrouble;

class MjpegRig final : public CameraRig {
 public:
  hal::Camera& camera() override { return *camera_; }
  void set_plugged(bool plugged) override { plugged ? server_->plug() : server_->unplug(); }
  void set_held(bool held) override { trouble_when(held, CameraTrouble::busy); }
  void set_silent(bool silent) override { trouble_when(silent, CameraTrouble::frozen); }
  void set_spoiled(bool spoiled) override { trouble_when(spoiled, CameraTrouble::garbage); }
  lobby::MjpegCamera& server() { return *server_; }

 private:
  void trouble_when(bool on, CameraTrouble trouble) { server_->trouble(on ? trouble : CameraTrouble::none); }

  std::unique_ptr<lobby::MjpegCamera> server_ = lobby::MjpegCamera::start().value();
  std::unique_ptr<hal::Camera> camera_ = drivers::make_mjpeg(server_->url());
};

std::unique_ptr<CameraRig> make_rig() {
  return std::make_unique<MjpegRig>();
}

INSTANTIATE_TEST_SUITE_P(Mjpeg, CameraConformance, ::testing::Values(RigMaker{"mjpeg", &make_rig}));

class MjpegDriver : public ::testing::Test {
 protected:
  MjpegRig rig_;

  Errc error_of_start() {
    const auto stream = rig_.camera().start(Wait::of(20s));
    return stream ? Errc::internal : stream.error().code;
  }
  Errc error_of_stream() {
    const auto stream = rig_.camera().start(Wait::of(20s));
    for (int i = 0; stream && i < 1000; i++) {
      if (const auto frame = (*stream)->next(Wait::of(20s)); !frame) return frame.error().code;
    }
    return Errc::internal;
  }
};

TEST_F(MjpegDriver, BytesThatAreNoPartsAreRefusedAtTheStart) {
  rig_.server().trouble(CameraTrouble::unframed);
  EXPECT_EQ(error_of_start(), Errc::refused);
  EXPECT_EQ(rig_.camera().status().actor, hal::Actor::configuration);
}

TEST_F(MjpegDriver, ATextPageIsNoCamera) {
  rig_.server().trouble(CameraTrouble::no_stream);
  EXPECT_EQ(error_of_start(), Errc::refused);
}

TEST_F(MjpegDriver, APartOfAGigabyteIsRefusedBeforeItIsRead) {
  rig_.server().trouble(CameraTrouble::oversized);
  EXPECT_EQ(error_of_start(), Errc::refused);
}

TEST_F(MjpegDriver, PicturesCutOffInTheMiddleAreMalformed) {
  rig_.server().trouble(CameraTrouble::truncated);
  EXPECT_EQ(error_of_stream(), Errc::malformed);
}

TEST_F(MjpegDriver, AFrozenCameraDoesNotStart) {
  rig_.server().trouble(CameraTrouble::frozen);
  EXPECT_EQ(error_of_start(), Errc::timed_out);
}

TEST_F(MjpegDriver, ASlowCameraIsStillACamera) {
  rig_.server().trouble(CameraTrouble::slow);
  auto stream = rig_.camera().start(Wait::of(20s));
  ASSERT_TRUE(stream);
  EXPECT_TRUE((*stream)->next(Wait::of(20s)));
  EXPECT_TRUE((*stream)->next(Wait::of(20s)));
}

TEST_F(MjpegDriver, ACoveredLensGivesBlackFrames) {
  rig_.server().trouble(CameraTrouble::black);
  auto stream = rig_.camera().start(Wait::of(20s));
  ASSERT_TRUE(stream);
  const auto frame = (*stream)->next(Wait::of(20s));
  ASSERT_TRUE(frame);
  EXPECT_LT(frame->bgrx[0], 16);
}

TEST_F(MjpegDriver, AnAddressThatIsNoneIsRefused) {
  for (const auto* url : {"", "ftp://127.0.0.1/x", "file:///etc/passwd", "http://"}) {
    const auto camera = drivers::make_mjpeg(url);
    const auto stream = camera->start(Wait::of(20s));
    ASSERT_FALSE(stream) << url;
    EXPECT_EQ(stream.error().code, Errc::refused) << url << ": " << stream.error().what;
  }
}

TEST_F(MjpegDriver, AnotherPathIsRefused) {
  auto camera = drivers::make_mjpeg(rig_.server().url() + "x/../y");
  const auto stream = camera->start(Wait::of(20s));
  ASSERT_FALSE(stream);
  EXPECT_EQ(stream.error().code, Errc::refused);
}

TEST_F(MjpegDriver, TheWorkerFindsTheCameraWithoutBeingAsked) {
  const auto deadline = Wait::of(20s);
  while (rig_.camera().status().state != hal::DeviceState::online) ASSERT_TRUE(deadline.sleep(5ms));
}

TEST_F(MjpegDriver, NobodyWatchesWhenTheStreamHasEnded) {
  {
    const auto stream = rig_.camera().start(Wait::of(20s));
    ASSERT_TRUE(stream);
    EXPECT_EQ(rig_.server().viewers(), 1);
  }
  const auto deadline = Wait::of(20s);
  while (rig_.server().viewers() > 0) ASSERT_TRUE(deadline.sleep(5ms));
}

}  // namespace
}  // namespace kiosk::testing
