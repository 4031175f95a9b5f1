#pragma once
// A receipt printer's USB port: besides the bytes both ways it can be asked for its state over the control
// pipe. Source: USB Device Class Definition for Printing Devices 1.1, chapter 4.2.

#include <memory>

#include "drivers/link/usb.hpp"

namespace kiosk::drivers::escpos {

/// The second source of a printer's condition, for printers that do not answer on the IN pipe.
class PortStatus {
 public:
  virtual ~PortStatus() = default;

  /// GET_PORT_STATUS: bit 5 paper empty, bit 4 selected, bit 3 no error. `unplugged`, `malformed` the printer
  /// does not know the request, `timed_out`, `cancelled`.
  virtual Result<std::uint8_t> port_status(const Wait& wait) = 0;
};

/// Opens links that are a PortStatus as well, over the device's printer interface (class 7), and logs its
/// GET_DEVICE_ID. Errors as usb_link().
std::unique_ptr<LinkOpener> usb_port(std::uint16_t vendor, std::uint16_t product);

}  // namespace kiosk::drivers::escpos
