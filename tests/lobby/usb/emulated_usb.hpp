#pragma once
// A USB device that the unmodified libusb finds, claims and talks to, on a host without USB: umockdev answers
// the kernel's part. Only for programs started with its preload library; restart_under_umockdev() sees to
// that.

#include <memory>

#include "tests/lobby/usb/usb_plug.hpp"

namespace kiosk::lobby {

/// Starts this program again with umockdev's library loaded before all others (behind a sanitizer's), unless
/// it is already. To be called from a global's initialiser, before main(): returns true, or not at all.
bool restart_under_umockdev();

/// On the bus of this program. One device at a time.
class EmulatedUsb final : public UsbPlug {
 public:
  EmulatedUsb(UsbShape shape, OnOut on_out, OnControl on_control = {});
  EmulatedUsb(const EmulatedUsb&) = delete;
  EmulatedUsb& operator=(const EmulatedUsb&) = delete;
  ~EmulatedUsb() override;

  void send(std::uint8_t endpoint, Bytes bytes) override;
  void stall(std::uint8_t endpoint) override;
  void unplug() override;
  void plug() override;
  bool plugged() const override;

  struct Bench;  ///< umockdev's side of it

 private:
  std::unique_ptr<Bench> bench_;
};

/// Makes such devices.
UsbSocket emulated_usb();

}  // namespace kiosk::lobby
