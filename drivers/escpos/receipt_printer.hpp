#pragma once
// Receipt printers that speak ESC/POS.

#include <cstdint>
#include <memory>

#include "drivers/link/link.hpp"
#include "hal/receipt_printer.hpp"

namespace kiosk::drivers {

/// Returns at once; the printer's own thread connects, and connects again after an unplug. Sends rasters
/// only.
std::unique_ptr<hal::ReceiptPrinter> make_escpos(std::unique_ptr<LinkOpener> link, hal::SlipPaper paper);

/// The same over USB (printer class). A printer that does not answer on its IN pipe is asked over the control
/// pipe, which knows paper's end and "an error", but neither cover nor near end.
std::unique_ptr<hal::ReceiptPrinter> make_escpos_usb(std::uint16_t vendor, std::uint16_t product,
                                                     hal::SlipPaper paper);

}  // namespace kiosk::drivers
