#pragma once
// The printer's condition, as its four real-time status bytes tell it.

#include <cstdint>
#include <optional>

#include "hal/base/result.hpp"
#include "hal/device.hpp"

namespace kiosk::drivers::escpos {

/// Status bytes n = 1 (printer), 2 (off-line cause), 3 (error cause, only asked for when 2 tells of an error)
/// and 4 (paper).
struct StatusBytes {
  std::uint8_t printer = 0x12;
  std::uint8_t cause = 0x12;
  std::optional<std::uint8_t> error = {};
  std::uint8_t paper = 0x12;
};

struct Condition {
  bool offline = false;
  bool cover_open = false;
  bool feeding = false;    ///< somebody holds the feed button
  bool paper_end = false;  ///< by the sensor, or because printing stopped for it
  bool paper_low = false;
  bool cutter = false;    ///< the cutter is stuck
  bool head_hot = false;  ///< recovers by itself
  bool broken = false;    ///< unrecoverable error
  bool error = false;     ///< an error of any kind, named above or not

  bool operator==(const Condition&) const = default;

  /// Nothing comes out until a person has done something.
  bool blocked() const { return cover_open || paper_end || cutter || broken; }

  /// A blocked printer says that it is off line. One that does not is reporting from an old buffer: ask
  /// again.
  bool consistent() const { return offline || !(blocked() || error); }
};

/// `malformed` for a byte whose fixed bits are wrong, or whose paired paper bits disagree.
Result<Condition> condition_of(const StatusBytes& bytes);

/// The same in the words of the kiosk trade.
hal::DeviceStatus status_of(const Condition& condition);

/// Why no slip can be printed now, as ReceiptPrinter::print() documents; success when one can.
Result<void> ready(const Condition& condition);

}  // namespace kiosk::drivers::escpos
