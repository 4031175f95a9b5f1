#include "tests/support/fake_camera.hpp"

#include "tests/support/camera_conformance.hpp"

namespace kiosk::testing {
namespace {

class FakeRig final : public CameraRig {
 public:
  hal::Camera& camera() override { return camera_; }
  void set_plugged(bool plugged) override { camera_.set_plugged(plugged); }
  void set_held(bool held) override { camera_.set_held(held); }
  void set_silent(bool silent) override { camera_.set_silent(silent); }
  void set_spoiled(bool spoiled) override { camera_.set_spoiled(spoiled); }

 private:
  FakeCamera camera_;
};

std::unique_ptr<CameraRig> make_rig() {
  return std::make_unique<FakeRig>();
}

INSTANTIATE_TEST_SUITE_P(Fake, CameraConformance, ::testing::Values(RigMaker{"fake", &make_rig}));

TEST(FakeCamera, SeesWhatItIsShownAndKnowsWhetherAnybodyLooks) {
  FakeCamera camera;
  hal::Frame frame{.width = 1, .height = 1, .bgrx = {1, 2, 3, 4}};
  camera.see(frame);
  {
    const auto stream = camera.start(Wait::of(std::chrono::seconds(1)));
    ASSERT_TRUE(stream);
    EXPECT_EQ(camera.open_streams(), 1);
    EXPECT_EQ((*stream)->next(Wait::of(std::chrono::seconds(1)))->bgrx, frame.bgrx);
  }
  EXPECT_EQ(camera.open_streams(), 0);
}

}  // namespace
}  // namespace kiosk::testing
