#pragma once
// Serial lines (tty). 8N1, raw, no flow control.

#include <memory>
#include <string>

#include "drivers/link/link.hpp"

namespace kiosk::drivers {

/// `path` is a tty or the slave of a pseudo-terminal; `baud` 9600..115200 (`internal` from open() for a speed
/// the kernel does not know). Modem-control ioctls are optional: a pseudo-terminal has none.
std::unique_ptr<LinkOpener> serial_link(std::string path, int baud);

}  // namespace kiosk::drivers
