#pragma once
// The window that reads QR and bar codes from slips, badges and phones.

#include "hal/base/personal.hpp"
#include "hal/base/wait.hpp"
#include "hal/device.hpp"

namespace kiosk::hal {

/// A code scanner. Serial, not keyboard-wedge: those scramble case (field report in
/// drivers/scanner/README.md).
class CodeScanner : public Device {
 public:
  /// Blocks for the next code. Anything scanned before this call is dropped: it was the last citizen's.
  /// The text is at most 1024 bytes of UTF-8; a code may hold personal data. `malformed` longer or not UTF-8
  /// · `unplugged`, `timed_out`, `cancelled`.
  virtual Result<PersonalText> scan(const Wait& wait) = 0;
};

}  // namespace kiosk::hal
