#pragma once
// What a USB device says of itself: USB 2.0, chapter 9.6.

#include <cstdint>
#include <vector>

#include "hal/base/bytes.hpp"

namespace kiosk::lobby {

struct UsbEndpoint {
  std::uint8_t address;
  bool interrupt = false;  ///< else bulk
};

/// A full-speed device with one configuration and one interface.
struct UsbShape {
  std::uint16_t vendor, product;
  std::uint8_t interface_class;
  std::vector<UsbEndpoint> endpoints;
  std::uint8_t interface_subclass = 0, interface_protocol = 0;
};

struct UsbDescriptors {
  Bytes device;
  Bytes configuration;  ///< with interfaces, endpoints and what belongs to their class
};

UsbDescriptors descriptors(const UsbShape& shape);

/// The device descriptor of one with those classes, and one configuration.
Bytes device_descriptor(std::uint8_t usb_major, std::uint8_t device_class, std::uint8_t subclass,
                        std::uint8_t protocol, std::uint16_t vendor, std::uint16_t product);

/// The configuration descriptor in front of what it holds.
Bytes configuration_of(std::uint8_t interfaces, const Bytes& content);

}  // namespace kiosk::lobby
