#pragma once
// The machine's mains, battery and off switch.

#include "hal/base/result.hpp"
#include "hal/device.hpp"

namespace kiosk::hal {

enum class Mains { on, on_battery, battery_low };

class Power : public Device {
 public:
  /// The newest known state. Does not block.
  virtual Mains mains() const = 0;

  /// Asks the system to restart or to switch off. Returns once it was asked: the end comes soon after, as
  /// SIGTERM, or nobody listened. `refused` when this program may not · `unreachable` nobody can be asked.
  virtual Result<void> restart() = 0;
  virtual Result<void> switch_off() = 0;
};

}  // namespace kiosk::hal
