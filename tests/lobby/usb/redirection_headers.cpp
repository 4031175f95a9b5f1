#include "tests/lobby/usb/redirection_headers.hpp"

#include <algorithm>

namespace kiosk::lobby {
namespace {

constexpr std::uint8_t interface_descriptor = 4, endpoint_descriptor = 5;
constexpr std::uint8_t no_such_endpoint = 255;

/// Where the protocol keeps an endpoint: OUT 0 to 15, IN 16 to 31.
std::size_t slot_of(std::uint8_t endpoint) {
  return (endpoint & 0x80U) / 8 + (endpoint & 0x0FU);
}

std::uint16_t word(const std::uint8_t* at) {
  return static_cast<std::uint16_t>(at[0] | at[1] << 8);
}

}  // namespace

usb_redir_device_connect_header connect_header(const Bytes& device) {
  usb_redir_device_connect_header header{};
  header.speed = device[3] >= 2 ? usb_redir_speed_high : usb_redir_speed_full;
  header.device_class = device[4];
  header.device_subclass = device[5];
  header.device_protocol = device[6];
  header.vendor_id = word(&device[8]);
  header.product_id = word(&device[10]);
  header.device_version_bcd = word(&device[12]);
  return header;
}

usb_redir_interface_info_header interface_header(const Bytes& configuration) {
  usb_redir_interface_info_header header{};
  for (std::size_t at = 0; at < configuration.size(); at += configuration[at]) {
    const auto* const each = &configuration[at];
    if (each[1] != interface_descriptor) continue;
    const auto number = header.interface_count++;
    header.interface[number] = each[2];
    header.interface_class[number] = each[5];
    header.interface_subclass[number] = each[6];
    header.interface_protocol[number] = each[7];
  }
  return header;
}

usb_redir_ep_info_header endpoint_header(const Bytes& configuration) {
  usb_redir_ep_info_header header{};
  std::fill(std::begin(header.type), std::end(header.type), no_such_endpoint);
  header.type[slot_of(0x00)] = header.type[slot_of(0x80)] = usb_redir_type_control;
  std::uint8_t interface_number = 0;
  for (std::size_t at = 0; at < configuration.size(); at += configuration[at]) {
    const auto* const each = &configuration[at];
    if (each[1] == interface_descriptor) interface_number = each[2];
    if (each[1] != endpoint_descriptor) continue;
    const auto slot = slot_of(each[2]);
    header.type[slot] = each[3];
    header.max_packet_size[slot] = word(each + 4);
    header.interval[slot] = each[6];
    header.interface[slot] = interface_number;
  }
  return header;
}

}  // namespace kiosk::lobby
