#pragma once
// Slips as they are laid out, before they become dots: what stands on them can still be read.

#include <memory>

#include "firmware/documents/papers.hpp"
#include "firmware/documents/sheet.hpp"
#include "screens/paint/type.hpp"

namespace kiosk::documents {

/// One slip, and the fonts that its sheet was measured with.
struct LaidOut {
  std::unique_ptr<paint::Type> type;
  Sheet sheet;
};

LaidOut lay_out(const Receipt& receipt, const Issuer& issuer, const hal::SlipPaper& paper);
LaidOut lay_out(const CompletionNotice& notice, const Issuer& issuer, const hal::SlipPaper& paper);
LaidOut lay_out(const RefusalNotice& notice, const Issuer& issuer, const hal::SlipPaper& paper);
LaidOut lay_out(const PendingSlip& pending, const Issuer& issuer, const hal::SlipPaper& paper);
LaidOut lay_out(const MaterialsList& list, const Issuer& issuer, const hal::SlipPaper& paper);
LaidOut lay_out(const OwnersList& list, const Issuer& issuer, const hal::SlipPaper& paper);
LaidOut lay_out(const ProgressSlip& progress, const Issuer& issuer, const hal::SlipPaper& paper);

/// One bit a dot, black where the ink is dark enough: text without dither stays sharp on a thermal head.
hal::Raster raster(LaidOut slip);

/// A slip for the receipt printer. Takes some milliseconds; any thread.
template <class Paper>
hal::Raster slip(const Paper& paper, const Issuer& issuer, const hal::SlipPaper& stock) {
  return raster(lay_out(paper, issuer, stock));
}

}  // namespace kiosk::documents
