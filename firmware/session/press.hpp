#pragma once
// The two printers as the session uses them: with a page that says so, and a limit to patience.

#include "firmware/session/session.hpp"

namespace kiosk::session {

enum class Press { slip, pages };

/// At most 20 s. Errors as hal::ReceiptPrinter::print.
Result<hal::PrintOutcome> print(Session& s, const hal::Raster& slip);

/// At most 2 minutes; the page counts. Errors as hal::DocumentPrinter::print.
Result<hal::PrintOutcome> print(Session& s, const hal::Document& pages);

}  // namespace kiosk::session
