#include "tests/support/fake_camera.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <utility>

namespace kiosk::testing {

using namespace std::chrono_literals;

struct FakeCamera::World {
  mutable std::mutex mutex;
  hal::Frame frame{
      .width = 64, .height = 48, .bgrx = std::vector<std::uint8_t>(std::size_t{64} * 48 * 4, 128)};
  bool plugged = true;
  bool held = false;
  bool silent = false;
  bool spoiled = false;
  int streams = 0;
  hal::DeviceStatus status{.state = hal::DeviceState::online};
  Steady::time_point last_taken;

  // One step of waiting for a frame: nullopt while there is nothing to say.
  std::optional<Result<hal::Frame>> look() {
    const std::lock_guard lock(mutex);
    if (!plugged) return fault(Errc::unplugged, hal::DeviceState::no_device);
    if (silent) return std::nullopt;
    if (spoiled) return fault(Errc::malformed, hal::DeviceState::hardware_error);
    status = {.state = hal::DeviceState::online};
    hal::Frame seen = frame;
    seen.taken_at = last_taken = std::max(Steady::now(), last_taken + 1ns);
    return seen;
  }

  std::unexpected<Error> fault(Errc code, hal::DeviceState state) {
    status = {.state = state, .actor = hal::Actor::maintenance, .detail = "fake camera"};
    return fail(code, "fake camera");
  }
};

class FakeCamera::Stream final : public hal::CameraStream {
 public:
  explicit Stream(std::shared_ptr<World> world) : world_(std::move(world)) {}
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() override {
    const std::lock_guard lock(world_->mutex);
    world_->streams--;
  }

  Result<hal::Frame> next(const Wait& wait) override {
    const Wait patience = wait.at_most(2s);
    for (;;) {
      if (patience.stop.stop_requested()) return fail(Errc::cancelled, "stopped");
      if (auto answer = world_->look()) return *std::move(answer);
      if (const auto rested = patience.sleep(5ms); !rested) {
        if (rested.error().code == Errc::timed_out && Steady::now() < wait.until) {
          const std::lock_guard lock(world_->mutex);
          return world_->fault(Errc::timed_out, hal::DeviceState::hardware_error);
        }
        return std::unexpected(rested.error());
      }
    }
  }

 private:
  std::shared_ptr<World> world_;
};

FakeCamera::FakeCamera() : world_(std::make_shared<World>()) {}

void FakeCamera::see(hal::Frame frame) {
  const std::lock_guard lock(world_->mutex);
  world_->frame = std::move(frame);
}

void FakeCamera::set_plugged(bool plugged) {
  const std::lock_guard lock(world_->mutex);
  world_->plugged = plugged;
  world_->status = {.state = plugged ? hal::DeviceState::online : hal::DeviceState::no_device};
}

void FakeCamera::set_held(bool held) {
  const std::lock_guard lock(world_->mutex);
  world_->held = held;
}

void FakeCamera::set_silent(bool silent) {
  const std::lock_guard lock(world_->mutex);
  world_->silent = silent;
}

void FakeCamera::set_spoiled(bool spoiled) {
  const std::lock_guard lock(world_->mutex);
  world_->spoiled = spoiled;
}

int FakeCamera::open_streams() const {
  const std::lock_guard lock(world_->mutex);
  return world_->streams;
}

hal::DeviceStatus FakeCamera::status() const {
  const std::lock_guard lock(world_->mutex);
  return world_->status;
}

Result<std::unique_ptr<hal::CameraStream>> FakeCamera::start(const Wait& wait) {
  TRY(wait.check());
  const std::lock_guard lock(world_->mutex);
  if (!world_->plugged) return world_->fault(Errc::unplugged, hal::DeviceState::no_device);
  if (world_->held || world_->streams > 0) return world_->fault(Errc::busy, hal::DeviceState::offline);
  world_->streams++;
  world_->status = {.state = hal::DeviceState::online};
  return std::make_unique<Stream>(world_);
}

}  // namespace kiosk::testing
