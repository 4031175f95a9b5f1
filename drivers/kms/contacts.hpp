#pragma once
// The kernel's touch events as fingers. Values only; input_device.cpp reads them. Private to drivers/kms.

#include <array>
#include <vector>

#include "hal/display.hpp"

namespace kiosk::drivers {

/// A finger on a touch panel, in the panel's own units.
struct Contact {
  hal::Touch::Phase phase = hal::Touch::Phase::down;
  int slot = 0;
  int x = 0, y = 0;
  bool operator==(const Contact&) const = default;
};

/// Follows one touch panel: multi-touch protocol B (slots), or a panel that knows one finger (ABS_X, ABS_Y
/// and BTN_TOUCH, or BTN_LEFT of those that pass for a mouse with absolute places).
class Contacts {
 public:
  enum class Kind { slots, single };
  static constexpr int most = 10;

  explicit Contacts(Kind kind) : kind_(kind) {}

  /// One event of linux/input.h. Gives what changed once a report is whole (SYN_REPORT), else nothing. A slot
  /// that changes hands within a report comes up and goes down.
  std::vector<Contact> take(unsigned type, unsigned code, int value);

  /// The panel went away under them.
  std::vector<Contact> lose_all();

 private:
  struct Finger {
    bool down = false;   ///< as reported
    bool touch = false;  ///< as the events of this report say
    bool again = false;  ///< another finger took the slot within the report
    bool moved = false;
    int x = 0, y = 0;
  };

  void touch(Finger& finger, bool down);
  std::vector<Contact> report();

  Kind kind_;
  int slot_ = 0;
  std::array<Finger, most> fingers_;
};

}  // namespace kiosk::drivers
