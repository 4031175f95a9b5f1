#pragma once
// Receipt printers that speak ESC/POS.

#include <memory>

#include "drivers/link/link.hpp"
#include "hal/receipt_printer.hpp"

namespace kiosk::drivers {

/// Returns at once; the printer's own thread connects, and connects again after an unplug. Sends rasters
/// only.
std::unique_ptr<hal::ReceiptPrinter> make_escpos(std::unique_ptr<LinkOpener> link, hal::SlipPaper paper);

}  // namespace kiosk::drivers
