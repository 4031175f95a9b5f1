#pragma once
// A code scanner on a serial line (or USB as a virtual serial line, CDC ACM).

#include <memory>

#include "drivers/link/link.hpp"
#include "hal/code_scanner.hpp"

namespace kiosk::drivers {

/// The scanner must be set to end each code with CR, LF or both, and to send UTF-8.
std::unique_ptr<hal::CodeScanner> make_scanner(std::unique_ptr<LinkOpener> link);

}  // namespace kiosk::drivers
