#pragma once
// USB devices by libusb: found by vendor and product, claimed from whichever kernel driver holds them, found
// again after they were unplugged.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "drivers/link/link.hpp"

namespace kiosk::drivers {

/// Which device, and which of its interfaces.
struct UsbName {
  std::uint16_t vendor = 0;
  std::uint16_t product = 0;
  std::optional<std::uint8_t> interface_class = {};  ///< 7: printer. nullopt: interface 0

  std::string text() const;  ///< "usb 0400:c35a"
};

/// One endpoint, bulk or interrupt as its descriptor says.
struct UsbPipe {
  std::uint8_t address = 0;
  bool interrupt = false;
};

class UsbBus;

/// An opened device with one interface claimed. Used by one thread at a time.
class UsbDevice {
 public:
  virtual ~UsbDevice() = default;

  /// The claimed interface's endpoints, by ascending address.
  virtual std::span<const UsbPipe> outs() const = 0;
  virtual std::span<const UsbPipe> ins() const = 0;
  virtual std::uint8_t interface_number() const = 0;

  /// One transfer, so one packet train: a device that takes whole messages takes `bytes` as one.
  /// `unplugged` the device has left, `malformed` the pipe stalled (it is cleared), `timed_out`, `cancelled`.
  virtual Result<void> write(const UsbPipe& pipe, BytesView bytes, const Wait& wait) = 0;

  /// One transfer of at most 4096 bytes, at least one. Errors as write().
  virtual Result<Bytes> read(const UsbPipe& pipe, const Wait& wait) = 0;

  /// A request to the interface or device over the control pipe; returns what came back. Errors as write().
  virtual Result<Bytes> ask(std::uint8_t type, std::uint8_t request, std::uint16_t value, std::uint16_t index,
                            std::uint16_t size, const Wait& wait) = 0;
};

/// All USB devices of the machine. One for each driver is enough; costs one thread, which sleeps.
/// `unplugged`: this machine has no USB.
Result<std::shared_ptr<UsbBus>> open_usb_bus();

/// Opens the first device of that name. `unplugged` no such device or interface, `refused` no permission,
/// `busy` claimed by another program. Does not block.
Result<std::unique_ptr<UsbDevice>> open_usb(const std::shared_ptr<UsbBus>& bus, const UsbName& name);

/// The first OUT and the first IN endpoint as a stream.
std::unique_ptr<Link> usb_stream(std::unique_ptr<UsbDevice> device);

/// The same, as an opener.
std::unique_ptr<LinkOpener> usb_link(UsbName name);

}  // namespace kiosk::drivers
