#include "drivers/catalog_keys.hpp"

#include <charconv>
#include <cstdint>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "drivers/link/serial.hpp"
#include "drivers/link/tcp.hpp"

namespace kiosk::drivers {

Result<UsbName> usb_name(Options& options, std::string_view text) {
  UsbName name;
  const auto colon = text.find(':');
  const auto hex = [](std::string_view part, std::uint16_t& value) {
    return std::from_chars(part.begin(), part.end(), value, 16).ptr == part.end() && part.size() == 4;
  };
  if (colon == std::string_view::npos || !hex(text.substr(0, colon), name.vendor) ||
      !hex(text.substr(colon + 1), name.product)) {
    return std::unexpected(
        options.refuse("port", "after usb: must stand vendor and product, as in usb:0400:c35a"));
  }
  return name;
}

Result<std::function<std::unique_ptr<LinkOpener>()>> link(Options& options, int baud) {
  const auto port = TRY(options.text("port"));
  const auto speed = TRY(options.number_or("baud", 1200, 921600, baud));
  const std::string_view text = port;
  if (text.starts_with("serial:")) return [path = port.substr(7), speed] { return serial_link(path, speed); };
  if (text.starts_with("usb:")) {
    const auto name = TRY(usb_name(options, text.substr(4)));
    return [name] { return usb_link(name); };
  }
  const auto colon = text.rfind(':');
  if (text.starts_with("tcp:") && colon > 4) {
    std::uint16_t number = 0;
    const auto digits = text.substr(colon + 1);
    const auto end = std::from_chars(digits.begin(), digits.end(), number).ptr;
    if (end == digits.end() && number > 0) {
      return [host = port.substr(4, colon - 4), number] { return tcp_link(host, number); };
    }
  }
  return std::unexpected(options.refuse("port", "allowed: serial:/dev/…, tcp:host:port, usb:vendor:product"));
}

Result<std::string> address(Options& options, const std::string& key,
                            std::initializer_list<std::string_view> schemes) {
  auto text = TRY(options.text(key));
  for (const auto scheme : schemes) {
    if (text.size() > scheme.size() && text.starts_with(scheme)) return text;
  }
  return std::unexpected(options.refuse(key, fmt::format("must begin with {}", fmt::join(schemes, " or "))));
}

Result<std::string> spki_pin(Options& options) {
  auto pin = TRY(options.text_or("spki_pin", ""));
  if (pin.empty() || pin.starts_with("sha256//")) return pin;
  return std::unexpected(options.refuse("spki_pin", "must begin with sha256//"));
}

}  // namespace kiosk::drivers
