#pragma once
// One file of /dev/input: a touch panel, a keypad, or something whose keys must reach nobody. Private to
// drivers/kms.

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "drivers/kms/contacts.hpp"
#include "drivers/kms/placement.hpp"
#include "hal/base/fd.hpp"

struct libevdev;

namespace kiosk::drivers {

/// The keypad's keys and the keyboard's for them, by linux/input-event-codes.h; nothing for others.
std::optional<hal::KeyPress> key_of(unsigned code);

class InputDevice {
 public:
  /// What reads hear of. Fingers are in the panel's own units.
  struct Listener {
    std::function<void(const Contact&)> contact;
    std::function<void(hal::KeyPress)> key;
  };

  /// Opens and grabs it, so that the kernel's console does not read it too: also one of whose keys we know
  /// none, which then does nothing at all. Nothing when it is neither a touch panel nor has any key or button
  /// (an accelerometer, say: the console does not read those), or cannot be opened.
  static std::optional<InputDevice> open(const std::string& node);

  int fd() const { return fd_.get(); }
  const std::string& node() const { return node_; }
  Axis x() const { return x_; }
  Axis y() const { return y_; }

  /// Everything that has come; does not block. False when the device is gone.
  bool read(const Listener& listener);

  /// Fingers that were down when it went.
  std::vector<Contact> lose_all() { return contacts_.lose_all(); }

 private:
  struct Free {
    void operator()(libevdev* device) const;
  };
  InputDevice() : contacts_(Contacts::Kind::slots) {}

  std::string node_;
  Fd fd_;
  std::unique_ptr<libevdev, Free> device_;
  Contacts contacts_;
  Axis x_, y_;
};

}  // namespace kiosk::drivers
