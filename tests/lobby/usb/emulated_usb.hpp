#pragma once
// A USB device that the unmodified libusb finds, claims and talks to, on a host without USB: umockdev answers
// the kernel's part. Only for programs started with its preload library; restart_under_umockdev() sees to
// that.

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "hal/base/bytes.hpp"

namespace kiosk::lobby {

/// Starts this program again with umockdev's library loaded before all others (behind a sanitizer's), unless
/// it is already. To be called from a global's initialiser, before main(): returns true, or not at all.
bool restart_under_umockdev();

/// A device with one configuration and one interface. All calls from any thread. Plugged in from the start.
class EmulatedUsb {
 public:
  struct Endpoint {
    std::uint8_t address;
    bool interrupt = false;  ///< else bulk
  };
  struct Shape {
    std::uint16_t vendor, product;
    std::uint8_t interface_class;
    std::vector<Endpoint> endpoints;
  };

  /// Something came out of the host; called on a thread of the emulation: do not block.
  using OnOut = std::function<void(std::uint8_t endpoint, Bytes bytes)>;
  /// A control request (bmRequestType, bRequest, wValue, wIndex, wLength); nullopt stalls.
  using OnControl = std::function<std::optional<Bytes>(std::uint8_t, std::uint8_t, std::uint16_t,
                                                       std::uint16_t, std::uint16_t)>;

  EmulatedUsb(Shape shape, OnOut on_out, OnControl on_control = {});
  EmulatedUsb(const EmulatedUsb&) = delete;
  EmulatedUsb& operator=(const EmulatedUsb&) = delete;
  ~EmulatedUsb();

  /// Hands `bytes` to the host as one transfer, now or when it next asks on that endpoint.
  void send(std::uint8_t endpoint, Bytes bytes);

  /// The endpoint stalls at the next transfer, once.
  void stall(std::uint8_t endpoint);

  /// All transfers end as on a real bus, and the device disappears from it.
  void unplug();
  void plug();
  bool plugged() const;

  struct Bench;  ///< umockdev's side of it

 private:
  std::unique_ptr<Bench> bench_;
};

}  // namespace kiosk::lobby
