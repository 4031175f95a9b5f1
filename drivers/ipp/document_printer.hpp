#pragma once
// A4 printers that speak IPP Everywhere, directly and without a print server between.

#include <memory>
#include <string>

#include "hal/document_printer.hpp"

namespace kiosk::drivers {

/// `uri` like "ipp://192.0.2.7/ipp/print". Returns at once; the printer's state is asked for by a thread of
/// its own.
std::unique_ptr<hal::DocumentPrinter> make_ipp(const std::string& uri);

}  // namespace kiosk::drivers
