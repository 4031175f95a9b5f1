#pragma once
// The A4 page printer.

#include <functional>
#include <string>

#include "hal/base/bytes.hpp"
#include "hal/base/wait.hpp"
#include "hal/device.hpp"

namespace kiosk::hal {

/// A finished document.
struct Document {
  std::string title;  ///< shown on the printer's own panel: a kind of document, never a name
  Bytes pdf;          ///< A4, fonts embedded
  int pages = 0;
};

/// A printer of A4 pages. Calls come from one thread at a time.
/// Source: PWG 5100.14 (IPP Everywhere), RFC 8011.
class DocumentPrinter : public Device {
 public:
  /// Sends the document and follows the job to its end. Blocks for as long as the pages take (a UX limit of
  /// 120 s belongs in the wait). `on_page(done)` is called on this thread as the printer counts pages. An
  /// error means that *nothing* was printed: `out_of_supply` paper or toner · `jammed` jam, cover, full tray
  /// · `unplugged`, `unreachable` · `refused` the printer does not take this document, or is
  /// broken · `busy` it takes no jobs now, or an earlier one could not be purged · `timed_out`, `cancelled`
  /// before the printer took the job.
  /// `in_doubt` once it took the job and did not say "completed" without a fault; the job has then been
  /// purged from the printer, so that a refill does not print it behind the next citizen's back. Purging may
  /// take 3 s after the wait has ended.
  virtual Result<PrintOutcome> print(const Document& document, const std::function<void(int)>& on_page,
                                     const Wait& wait) = 0;
};

}  // namespace kiosk::hal
