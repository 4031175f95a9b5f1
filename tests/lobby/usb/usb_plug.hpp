#pragma once
// A USB device's end of its cable, whoever holds the other: this machine's libusb (emulated_usb), or the
// kernel of a machine in QEMU (redirected_usb).

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "tests/lobby/usb/descriptors.hpp"

namespace kiosk::lobby {

/// All calls from any thread. Plugged in from the start.
class UsbPlug {
 public:
  virtual ~UsbPlug() = default;

  /// Hands `bytes` to the host as one transfer, now or when it next asks on that endpoint. Lost while
  /// unplugged.
  virtual void send(std::uint8_t endpoint, Bytes bytes) = 0;

  /// The endpoint stalls at the next transfer, once.
  virtual void stall(std::uint8_t endpoint) = 0;

  /// All transfers end as on a real bus, and the device disappears from it.
  virtual void unplug() = 0;
  virtual void plug() = 0;
  virtual bool plugged() const = 0;
};

/// Something came out of the host; called on a thread of the plug's: do not block.
using OnOut = std::function<void(std::uint8_t endpoint, Bytes bytes)>;

/// A control request (bmRequestType, bRequest, wValue, wIndex, wLength) that is not about descriptors or the
/// configuration; nullopt stalls.
using OnControl = std::function<std::optional<Bytes>(std::uint8_t, std::uint8_t, std::uint16_t, std::uint16_t,
                                                     std::uint16_t)>;

/// Where a device of that shape can be plugged in.
using UsbSocket = std::function<std::unique_ptr<UsbPlug>(const UsbShape&, OnOut, OnControl)>;

}  // namespace kiosk::lobby
