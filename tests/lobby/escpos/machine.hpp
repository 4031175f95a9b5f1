#pragma once
// The inside of an ESC/POS printer: receive buffer, interpreter, sensors, paper. No wire and no clock.

#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hal/base/bytes.hpp"
#include "tests/lobby/escpos/slip.hpp"

namespace kiosk::lobby {

/// What the world does to the printer, and what is wrong with it. Set at will between calls.
struct PrinterKnobs {
  static constexpr int endless = std::numeric_limits<int>::max();

  int paper_rows = endless;              ///< rows of paper left; 0 is paper out
  bool near_end = false;                 ///< the near-end sensor sees the core
  bool cover_open = false;               //
  std::optional<int> cover_opens_after;  ///< rows from now
  bool cutter_blocked = false;           ///< the next cut fails, and the printer waits for recovery
  bool broken = false;                   ///< unrecoverable error
  bool head_hot = false;                 //
  bool feed_button = false;              //

  bool silent = false;         ///< hears and prints, but never answers
  bool garbage = false;        ///< answers bytes that are no status
  bool chatter = false;        ///< puts an unasked status (ASB) before every answer
  int stale_answers = 0;       ///< so many answers still tell of an open cover that is closed
  bool in_turn = true;         ///< knows GS r
  bool admits_offline = true;  ///< n = 1 tells the truth
};

/// Strict: whatever is not a command that this printer knows is a complaint, and a test fails on complaints.
class PrinterMachine {
 public:
  explicit PrinterMachine(int dots) { hanging_.width = dots; }

  /// Bytes from the wire. Real-time commands are obeyed here, at once, wherever they stand.
  void receive(BytesView bytes);

  /// Works off one command, or one row of one. False when there is nothing to do, or the printer is off line.
  bool step();

  /// What the printer wants to send, taken out.
  Bytes take_answers() { return std::exchange(answers_, {}); }

  /// What a USB port shows: bit 5 paper empty, bit 4 selected, bit 3 no error.
  std::uint8_t port_status() const;

  std::size_t waiting() const { return buffer_.size(); }
  bool offline() const;

  PrinterKnobs knobs;
  int rows_printed = 0;  ///< since it was made

  const std::vector<Slip>& slips() const { return slips_; }
  const Slip& hanging() const { return hanging_; }
  const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  void obey_realtime(std::uint8_t command, std::uint8_t n);
  std::uint8_t status(int n) const;
  void answer(std::uint8_t byte);
  bool escape_command();
  bool group_command();
  bool start_raster();
  bool cut_command();
  bool cut();
  bool raster_row();
  bool row_of_paper(BytesView dots);
  bool feed(int rows);
  void complain(const std::string& what) { complaints_.push_back(what); }
  void drop(std::size_t bytes);

  std::deque<std::uint8_t> buffer_;
  Bytes last_;  // the last two bytes received, to find real-time commands
  Bytes answers_;
  int raster_bytes_ = 0, raster_rows_ = 0;
  int feed_rows_ = 0;  // still to be fed before the next command
  bool cut_after_feed_ = false;
  bool cutter_error_ = false;
  Slip hanging_;
  std::vector<Slip> slips_;
  std::vector<std::string> complaints_;
};

}  // namespace kiosk::lobby
