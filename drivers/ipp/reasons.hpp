#pragma once
// What a printer's state reasons mean for a kiosk.

#include <string>
#include <vector>

#include "hal/base/result.hpp"
#include "hal/device.hpp"

namespace kiosk::drivers::ipp {

/// What Get-Printer-Attributes told.
struct PrinterState {
  int state = 3;  ///< RFC 8011 5.4.11: 3 idle, 4 processing, 5 stopped
  std::vector<std::string>
      reasons;            ///< printer-state-reasons, as they came, with their -report/-warning/-error
  bool accepting = true;  ///< printer-is-accepting-jobs
  bool takes_pdf = true;  ///< application/pdf is among document-format-supported
};

/// The same in the words of the kiosk trade; of several reasons the worst decides.
/// Source: PWG 5100.9 and RFC 8011 5.4.12 for the keywords.
hal::DeviceStatus status_of(const PrinterState& printer);

/// Why no document can be printed now, as DocumentPrinter::print() documents; success when one can.
Result<void> ready(const PrinterState& printer);

}  // namespace kiosk::drivers::ipp
