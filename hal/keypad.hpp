#pragma once
// The tactile keypad for those who do not use the glass.

#include "hal/base/wait.hpp"
#include "hal/device.hpp"
#include "hal/display.hpp"

namespace kiosk::hal {

/// Nine keys (Storm AudioNav class) and the headset jack beside them.
class Keypad : public Device {
 public:
  /// Blocks for the next key. A held key counts once (EN 301 549, 5.7). `unplugged`, `timed_out`,
  /// `cancelled`.
  virtual Result<KeyPress> next(const Wait& wait) = 0;

  /// Whether a headset is plugged in. Does not block.
  virtual bool headset() const = 0;
};

}  // namespace kiosk::hal
