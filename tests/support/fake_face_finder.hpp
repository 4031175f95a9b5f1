#pragma once
// A face finder for flow tests: it judges as it is told.

#include <mutex>

#include "hal/face_finder.hpp"

namespace kiosk::testing {

/// Finds a faultless face with a four-byte portrait until told otherwise. Thread-safe.
class FakeFaceFinder final : public hal::FaceFinder {
 public:
  void set_fault(hal::FaceFault fault) {
    const std::lock_guard lock(mutex_);
    fault_ = fault;
  }
  void set_portrait(PersonalBytes portrait) {
    const std::lock_guard lock(mutex_);
    portrait_ = std::move(portrait);
  }
  void set_broken(bool broken) {
    const std::lock_guard lock(mutex_);
    broken_ = broken;
  }

  Result<hal::FaceFinding> examine(const hal::Frame& frame, const Wait& wait) override {
    TRY(wait.check());
    const std::lock_guard lock(mutex_);
    const auto dots = static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height);
    if (frame.width <= 0 || frame.height <= 0 || frame.bgrx.size() != 4 * dots) {
      return fail(Errc::malformed, "fake face finder: size and bytes disagree");
    }
    if (broken_) return fail(Errc::internal, "fake face finder: told to fail");
    hal::FaceFinding finding{.fault = fault_};
    if (fault_ == hal::FaceFault::no_face) return finding;
    finding.x = frame.width / 4;
    finding.y = frame.height / 4;
    finding.width = frame.width / 2;
    finding.height = frame.height / 2;
    if (fault_ == hal::FaceFault::none) finding.portrait = portrait_;
    return finding;
  }

 private:
  std::mutex mutex_;
  hal::FaceFault fault_ = hal::FaceFault::none;
  PersonalBytes portrait_{std::vector<std::uint8_t>{0xff, 0xd8, 0xff, 0xd9}};
  bool broken_ = false;
};

}  // namespace kiosk::testing
