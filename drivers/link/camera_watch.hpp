#pragma once
// How a camera driver knows its status without being asked: a worker that looks every 4 s while no stream
// runs.

#include <atomic>
#include <functional>
#include <thread>

#include "hal/base/latest.hpp"
#include "hal/base/wait.hpp"
#include "hal/device.hpp"

namespace kiosk::drivers {

/// Shared by a camera and its stream. Thread-safe.
class CameraWatch {
 public:
  /// `probe` says, without starting the camera, whether it is there.
  explicit CameraWatch(std::function<Result<void>(const Wait&)> probe);

  hal::DeviceStatus status() const { return status_.get(); }
  void on_change(std::function<void()> told) { status_.on_change(std::move(told)); }

  /// What a call on the camera came to; `cancelled` says nothing about the camera and changes nothing.
  void note(const Result<void>& outcome);

  /// While a stream runs its own calls tell more than a probe.
  void set_streaming(bool streaming) { streaming_ = streaming; }

 private:
  void set(const Result<void>& outcome);
  void look(const std::function<Result<void>(const Wait&)>& probe, const std::stop_token& stop);

  Latest<hal::DeviceStatus> status_;
  std::atomic<bool> streaming_ = false;
  std::atomic<bool> call_failed_ = false;  ///< the status comes from a call, and not from the probe
  std::jthread worker_;                    // last: it ends before what it writes to
};

}  // namespace kiosk::drivers
