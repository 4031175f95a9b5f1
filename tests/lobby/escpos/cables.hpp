#pragma once
// The wires a slip printer can hang on.

#include "tests/lobby/escpos/receipt_printer.hpp"

namespace kiosk::lobby {

/// Listens on 127.0.0.1 and serves one connection at a time, as these printers do. `port` 0 becomes the port
/// taken.
Result<std::unique_ptr<Cable>> tcp_cable(std::uint16_t& port);

/// A pseudo-terminal behind a symbolic link, whose path goes to `tty`.
Result<std::unique_ptr<Cable>> pty_cable(std::string& tty);

/// A USB device of printer class with one bulk pipe each way.
std::unique_ptr<Cable> usb_cable(const UsbSocket& socket, std::uint16_t vendor, std::uint16_t product);

}  // namespace kiosk::lobby
