#pragma once
// Speech and earcons.

#include <string>

#include "hal/base/wait.hpp"
#include "hal/device.hpp"

namespace kiosk::hal {

enum class Earcon { ok, error, warning };

/// Where sound goes. Personal data is spoken only through the headset (EN 301 549, 5.1.3.9).
enum class Sink { speaker, headset };

class Speaker : public Device {
 public:
  /// Where sound goes at the moment: the headset while one is plugged in. Does not block.
  virtual Sink sink() const = 0;

  /// Starts to speak and returns; whatever was being spoken stops first (EN 301 549, 5.1.3.6).
  /// `language` is a BCP 47 tag, "zh-CN" or "en". `unplugged`, `internal` (no voice for that language).
  virtual Result<void> say(const std::string& text, const std::string& language) = 0;

  /// Plays a short tone and returns.
  virtual Result<void> play(Earcon earcon) = 0;

  /// Stops within 200 ms.
  virtual void hush() = 0;

  /// Volume 0..10 and rate in percent (50..200) of the voice's normal.
  virtual void set_volume(int level) = 0;
  virtual void set_rate(int percent) = 0;
};

}  // namespace kiosk::hal
