#pragma once
// What every camera does, fake or real (hal/camera.hpp). A test program instantiates it with its rig:
//   INSTANTIATE_TEST_SUITE_P(Mjpeg, CameraConformance, ::testing::Values(RigMaker{"mjpeg",
//   &make_mjpeg_rig}));

#include <chrono>
#include <memory>
#include <ostream>
#include <stop_token>
#include <thread>

#include <gtest/gtest.h>

#include "hal/camera.hpp"

namespace kiosk::testing {

/// A camera and the hands around it.
class CameraRig {
 public:
  virtual ~CameraRig() = default;
  virtual hal::Camera& camera() = 0;
  virtual void set_plugged(bool plugged) = 0;
  virtual void set_held(bool held) = 0;        ///< by another program
  virtual void set_silent(bool silent) = 0;    ///< streams, but nothing comes
  virtual void set_spoiled(bool spoiled) = 0;  ///< nothing that comes decodes
};

struct RigMaker {
  const char* name = "";
  std::unique_ptr<CameraRig> (*make)() = nullptr;
};

/// GoogleTest shows the parameter in the test's name.
inline void PrintTo(const RigMaker& maker, std::ostream* out) {
  *out << maker.name;
}

class CameraConformance : public ::testing::TestWithParam<RigMaker> {
 protected:
  using Frames = Result<std::unique_ptr<hal::CameraStream>>;
  static constexpr std::chrono::seconds ample{20};

  Frames start() { return rig_->camera().start(Wait::of(ample)); }

  // The first error of a stream; frames already under way may come before it.
  static Errc first_error(hal::CameraStream& stream, const Wait& wait) {
    for (int frames = 0; frames < 1000; frames++) {
      const auto frame = stream.next(wait);
      if (!frame) return frame.error().code;
    }
    ADD_FAILURE() << "1000 frames and no error";
    return Errc::internal;
  }

  static Errc code_of(const Frames& frames) { return frames ? Errc::internal : frames.error().code; }

  std::unique_ptr<CameraRig> rig_ = GetParam().make();
};

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(CameraConformance);

TEST_P(CameraConformance, FramesAreWholeAndEachIsNewerThanTheLast) {
  const auto begun = Steady::now();
  auto stream = start();
  ASSERT_TRUE(stream) << stream.error().what;
  auto last = begun - std::chrono::milliseconds(500);  // a driver's clock is the moment the picture began
  for (int i = 0; i < 5; i++) {
    const auto frame = (*stream)->next(Wait::of(ample));
    ASSERT_TRUE(frame) << frame.error().what;
    EXPECT_GT(frame->width, 0);
    EXPECT_GT(frame->height, 0);
    EXPECT_EQ(frame->bgrx.size(), std::size_t{4} * static_cast<std::size_t>(frame->width * frame->height));
    EXPECT_GT(frame->taken_at, last);
    EXPECT_LE(frame->taken_at, Steady::now());
    last = frame->taken_at;
  }
  EXPECT_EQ(rig_->camera().status().state, hal::DeviceState::online);
}

TEST_P(CameraConformance, StartsAgainAfterItsStreamEnded) {
  for (int round = 0; round < 3; round++) {
    auto stream = start();
    ASSERT_TRUE(stream) << stream.error().what;
    EXPECT_TRUE((*stream)->next(Wait::of(ample)));
  }
}

TEST_P(CameraConformance, AnUnpluggedCameraDoesNotStart) {
  rig_->set_plugged(false);
  EXPECT_EQ(code_of(start()), Errc::unplugged);
  EXPECT_EQ(rig_->camera().status().state, hal::DeviceState::no_device);
  EXPECT_FALSE(rig_->camera().status().usable());
}

TEST_P(CameraConformance, UnpluggingEndsTheStreamAndPluggingInAllowsANewOne) {
  auto stream = start();
  ASSERT_TRUE(stream) << stream.error().what;
  ASSERT_TRUE((*stream)->next(Wait::of(ample)));
  rig_->set_plugged(false);
  EXPECT_EQ(first_error(**stream, Wait::of(ample)), Errc::unplugged);
  EXPECT_EQ((*stream)->next(Wait::of(ample)).error().code, Errc::unplugged) << "and stays so";
  EXPECT_EQ(rig_->camera().status().state, hal::DeviceState::no_device);
  stream = fail(Errc::cancelled, "closed");
  rig_->set_plugged(true);
  stream = start();
  ASSERT_TRUE(stream) << stream.error().what;
  EXPECT_TRUE((*stream)->next(Wait::of(ample)));
  EXPECT_EQ(rig_->camera().status().state, hal::DeviceState::online);
}

TEST_P(CameraConformance, ACameraHeldByAnotherIsBusyUntilItIsLetGo) {
  rig_->set_held(true);
  EXPECT_EQ(code_of(start()), Errc::busy);
  EXPECT_FALSE(rig_->camera().status().usable());
  rig_->set_held(false);
  EXPECT_TRUE(start());
  EXPECT_TRUE(rig_->camera().status().usable());
}

TEST_P(CameraConformance, ASilentCameraShowsEvenThoughTheCallerWouldWait) {
  auto stream = start();
  ASSERT_TRUE(stream) << stream.error().what;
  rig_->set_silent(true);
  EXPECT_EQ(first_error(**stream, Wait::of(ample)), Errc::timed_out);
  EXPECT_FALSE(rig_->camera().status().usable());
  rig_->set_silent(false);
  EXPECT_TRUE((*stream)->next(Wait::of(ample))) << "it may come back";
  EXPECT_TRUE(rig_->camera().status().usable());
}

TEST_P(CameraConformance, AHurriedCallerIsNoFaultOfTheCamera) {
  auto stream = start();
  ASSERT_TRUE(stream) << stream.error().what;
  ASSERT_TRUE((*stream)->next(Wait::of(ample)));
  rig_->set_silent(true);
  EXPECT_EQ(first_error(**stream, Wait::of(std::chrono::milliseconds(150))), Errc::timed_out);
  EXPECT_EQ(rig_->camera().status().state, hal::DeviceState::online);
}

TEST_P(CameraConformance, FramesThatDoNotDecodeAreMalformed) {
  auto stream = start();
  ASSERT_TRUE(stream) << stream.error().what;
  rig_->set_spoiled(true);
  EXPECT_EQ(first_error(**stream, Wait::of(ample)), Errc::malformed);
  EXPECT_FALSE(rig_->camera().status().usable());
}

TEST_P(CameraConformance, AStopEndsTheWaitForAFrame) {
  auto stream = start();
  ASSERT_TRUE(stream) << stream.error().what;
  rig_->set_silent(true);
  std::stop_source session;
  std::jthread citizen([&session] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    session.request_stop();
  });
  EXPECT_EQ(first_error(**stream, Wait::of(ample, session.get_token())), Errc::cancelled);
}

TEST_P(CameraConformance, AStoppedWaitStartsNothing) {
  std::stop_source session;
  session.request_stop();
  EXPECT_EQ(code_of(rig_->camera().start(Wait::of(ample, session.get_token()))), Errc::cancelled);
  EXPECT_TRUE(start()) << "and holds nothing";
}

TEST_P(CameraConformance, ATimeThatIsUpStartsNothing) {
  EXPECT_EQ(code_of(rig_->camera().start(Wait::of(std::chrono::seconds(0)))), Errc::timed_out);
}

}  // namespace kiosk::testing
