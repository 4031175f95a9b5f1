#pragma once
// Recording and replay of a link's traffic, as text:
//
//   # anything                 a comment
//   > aaaaaa9669000320 0122    what the driver wrote
//   < aaaaaa966900040000 8084  what the device sent
//   ! unplugged                how a read or write ended otherwise: unplugged, timed_out
//
// For taking a new device's habits into the tests (tests/tapes). A tape of a real card is a citizen's data:
// record with test cards only. No configuration can switch this on; only tests and tools call it.

#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "drivers/link/link.hpp"

namespace kiosk::drivers {

/// One line of a tape.
struct TapeEntry {
  enum class Kind { written, received, failed };
  Kind kind = Kind::written;
  Bytes bytes;                  ///< of written and received
  Errc code = Errc::unplugged;  ///< of failed

  bool operator==(const TapeEntry&) const = default;
};

/// `malformed` with the number of the line.
Result<std::vector<TapeEntry>> parse_tape(std::string_view text);

/// Passes everything on to `link` and writes it down. `tape` must outlive the opener and its links.
std::unique_ptr<LinkOpener> recorded_link(std::unique_ptr<LinkOpener> link, std::ostream& tape);

/// A link that plays a tape: it is open once, expects exactly the recorded writes (`malformed` otherwise) and
/// gives the recorded reads. At the tape's end the line is dead. A read where the tape has a write waits in
/// vain, as it would have on the line.
std::unique_ptr<LinkOpener> replayed_link(std::vector<TapeEntry> tape);

}  // namespace kiosk::drivers
