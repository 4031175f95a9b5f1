#pragma once
// A clock that shows what a test says.

#include <atomic>

#include "hal/base/clock.hpp"

namespace kiosk::testing {

class SetClock final : public Clock {
 public:
  explicit SetClock(
      WallTime now = WallTime(std::chrono::milliseconds(1'785'571'200'000)))  // 2026-08-01 08:00 UTC
      : now_(now) {}

  WallTime now() const override { return now_; }
  void set(WallTime now) { now_ = now; }
  void advance(std::chrono::milliseconds span) { now_ = now_.load() + span; }

 private:
  std::atomic<WallTime> now_;
};

}  // namespace kiosk::testing
