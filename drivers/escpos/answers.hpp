#pragma once
// What an ESC/POS printer sends back, byte by byte: three kinds of answer on one line, told apart by fixed
// bits. Source: ESC/POS command manuals (Epson, Citizen, HPRT, Sinocan), "transmission status
// identification".

#include <array>
#include <cstdint>
#include <optional>

namespace kiosk::drivers::escpos {

/// One answer, complete.
struct Answer {
  enum class Kind {
    realtime,  ///< to DLE EOT n: 0xx1xx10. It does not say which n it answers
    sensor,    ///< to GS r 1: 0xx0xx00. Sent in its turn, so everything before it has been worked off
    unasked,   ///< automatic status back (ASB): four bytes, the first 0xx1xx00
  };
  Kind kind = Kind::realtime;
  std::uint8_t byte =
      0;  ///< the answer; for `unasked` 1 when it tells of an open cover or of paper's end, else 0
};

/// Finds the answers in a stream of bytes. Anything else (line noise, text of another protocol) is counted.
class AnswerFilter {
 public:
  /// The answer that `byte` completes.
  std::optional<Answer> next(std::uint8_t byte);

  /// Bytes so far that no ESC/POS printer sends.
  int noise() const { return noise_; }

 private:
  std::optional<Answer> start(std::uint8_t byte);

  std::array<std::uint8_t, 4> unasked_{};
  unsigned unasked_seen_ = 0;
  int noise_ = 0;
};

}  // namespace kiosk::drivers::escpos
