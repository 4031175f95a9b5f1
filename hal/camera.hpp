#pragma once
// The camera above the glass.

#include <cstdint>
#include <memory>
#include <vector>

#include "hal/base/wait.hpp"
#include "hal/device.hpp"

namespace kiosk::hal {

/// One picture: 4 bytes a dot (blue, green, red, unused), rows without padding. Wiped by whoever held it
/// last.
struct Frame {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> bgrx;
  Steady::time_point taken_at;

  bool operator==(const Frame&) const = default;
};

/// A camera that is running. Ends with its destructor, which wipes its buffers.
class CameraStream {
 public:
  virtual ~CameraStream() = default;

  /// The newest frame that has not been handed out yet; older ones are dropped. Blocks for it, at most 2 s: a
  /// camera that stays silent for that long is `timed_out` even when the wait has more time, because a frozen
  /// picture must show. `malformed` a frame that does not decode (after 10 in a row) · `unplugged` ·
  /// `internal` what decodes them cannot be started · `cancelled`.
  virtual Result<Frame> next(const Wait& wait) = 0;
};

/// A camera. Runs only between start() and the end of its stream: no light, no buffer otherwise.
class Camera : public Device {
 public:
  /// Starts it. Blocks until it runs, at most 3 s. `unplugged`, `busy` (another program holds it), `refused`
  /// (no usable picture format), `unreachable`, `internal` (its decoder cannot be started), `cancelled`,
  /// `timed_out`.
  virtual Result<std::unique_ptr<CameraStream>> start(const Wait& wait) = 0;
};

}  // namespace kiosk::hal
