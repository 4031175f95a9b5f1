#pragma once
// A slip as the bytes that go to the printer.

#include <span>
#include <vector>

#include "hal/base/bytes.hpp"
#include "hal/receipt_printer.hpp"

namespace kiosk::drivers::escpos {

inline constexpr int band_rows = 255;  ///< the most rows that every printer takes in one raster command

/// DLE EOT n, n = 1..4: answered at once, off line and in mid-job too.
Bytes ask_status(int n);

/// GS r 1: answered in its turn, which proves that all before it was printed. Off line it is not answered.
Bytes ask_paper_sensor();

/// The slip in blocks. Between two blocks the printer is between two commands, so a status may be asked for
/// there and nowhere else. The last block feeds to the knife and cuts. `malformed` when the raster's rows are
/// not width x height, are empty, or are wider than `dots`.
Result<std::vector<Bytes>> slip_blocks(const hal::Raster& slip, int dots);

/// Frees a printer whose job broke off: fills up a raster command that it may still be reading (`row_bytes`
/// wide), lets it forget its buffer, and cuts off whatever came out, so that it does not hang on the next
/// citizen's slip.
Bytes cut_off_remains(int row_bytes);

/// The print data must not hold what the printer obeys at any place in the stream, inside pictures too (DLE
/// EOT, DLE ENQ, DLE DC4): one more dot of black is set in each such place. Returns how many places there
/// were.
int defuse(std::span<std::uint8_t> picture);

}  // namespace kiosk::drivers::escpos
