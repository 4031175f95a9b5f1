#include "tests/lobby/usb/descriptors.hpp"

namespace kiosk::lobby {
namespace {

constexpr std::uint8_t device = 1, configuration = 2, interface = 4, endpoint = 5;
constexpr std::uint8_t bulk = 2, interrupt = 3;
constexpr std::uint8_t on_bus_power = 0x80, one_hundred_milliamperes = 50;
constexpr std::uint8_t largest_packet = 64;

std::uint8_t low(std::size_t word) {
  return static_cast<std::uint8_t>(word & 0xFF);
}

std::uint8_t high(std::size_t word) {
  return static_cast<std::uint8_t>(word >> 8);
}

}  // namespace

Bytes device_descriptor(std::uint8_t usb_major, std::uint8_t device_class, std::uint8_t subclass,
                        std::uint8_t protocol, std::uint16_t vendor, std::uint16_t product) {
  const std::uint8_t usb_minor = usb_major == 1 ? 0x10 : 0;
  return {18,
          device,
          usb_minor,
          usb_major,
          device_class,
          subclass,
          protocol,
          largest_packet,
          low(vendor),
          high(vendor),
          low(product),
          high(product),
          0x00,
          0x01,
          0,
          0,
          0,
          1};
}

Bytes configuration_of(std::uint8_t interfaces, const Bytes& content) {
  const auto total = 9 + content.size();
  Bytes bytes{
      9, configuration, low(total), high(total), interfaces, 1, 0, on_bus_power, one_hundred_milliamperes};
  bytes.insert(bytes.end(), content.begin(), content.end());
  return bytes;
}

UsbDescriptors descriptors(const UsbShape& shape) {
  Bytes content{9,
                interface,
                0,
                0,
                static_cast<std::uint8_t>(shape.endpoints.size()),
                shape.interface_class,
                shape.interface_subclass,
                shape.interface_protocol,
                0};
  for (const auto& each : shape.endpoints)
    content.insert(content.end(),
                   {7, endpoint, each.address, each.interrupt ? interrupt : bulk, largest_packet, 0, 1});
  return {device_descriptor(1, 0, 0, 0, shape.vendor, shape.product), configuration_of(1, content)};
}

}  // namespace kiosk::lobby
