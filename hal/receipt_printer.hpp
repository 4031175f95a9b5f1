#pragma once
// The slip printer: a thermal head over a roll of paper, with a cutter.

#include <cstdint>

#include "hal/base/bytes.hpp"
#include "hal/base/wait.hpp"
#include "hal/device.hpp"

namespace kiosk::hal {

/// One-bit picture, rows from top to bottom. Each row is (width + 7) / 8 bytes, leftmost dot in the top bit,
/// 1 is black.
struct Raster {
  int width = 0;
  int height = 0;
  Bytes rows;

  int row_bytes() const { return (width + 7) / 8; }
  bool operator==(const Raster&) const = default;
};

/// What the printer's paper can take.
struct SlipPaper {
  int dots = 576;            ///< printable dots across: 576 on 80 mm, 384 on 58 mm paper
  double dots_per_mm = 8.0;  ///< both directions
};

/// A printer of slips. Calls come from one thread at a time.
/// Slips are drawn by the painter and sent as raster: the printers' Chinese code pages are GBK and have no
/// four-byte GB18030 characters, which names and addresses hold.
class ReceiptPrinter : public Device {
 public:
  virtual SlipPaper paper() const = 0;

  /// Prints one slip and cuts it. Blocks until the printer itself says how it went: about 1 s for 100 mm of
  /// paper. An error means that *nothing* reached the paper and the job may be sent again: `out_of_supply` no
  /// paper · `jammed` cover open, cutter · `unplugged`, `unreachable` no printer · `malformed` a raster wider
  /// than the paper · `refused` broken, or no access to it · `busy` off line for a moment (head hot, feed
  /// button) · `timed_out`, `cancelled` before the first byte. Once the first byte has left it never returns
  /// an error: it returns `in_doubt`, and the wait's stop no longer ends it (its own limit is 15 s).
  virtual Result<PrintOutcome> print(const Raster& slip, const Wait& wait) = 0;
};

}  // namespace kiosk::hal
