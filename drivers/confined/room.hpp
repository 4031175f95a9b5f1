#pragma once
// Somebody to ask who has nothing but one socket: a program that takes bytes of strangers apart so that ours
// need not. It is believed in nothing: not in its sizes, not in how many answers it gives, not in ending.

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "drivers/confined/message.hpp"
#include "drivers/confined/process.hpp"

namespace kiosk::drivers::confined {

struct Program {
  std::string file;  ///< in lib/kiosk (drivers/link/installed.hpp)
  std::vector<std::string> arguments = {};
};

/// What may be expected of an answer.
struct Bounds {
  std::size_t most_bytes = 0;
  Steady::duration longest = {};
};

/// One program, started when it is needed, and again after it died. One thread at a time.
class Room {
 public:
  explicit Room(Program program) : program_(std::move(program)) {}

  /// Starts the program unless it runs. Blocks until it has closed itself in, at most 10 s. `internal`: it is
  /// not there, cannot be started, or ended before; the log or its own words on standard error say why.
  /// `cancelled`, `timed_out`.
  Result<void> open(const Wait& wait);

  /// Asks one question (its pieces one after the other) and returns the answer, which may be a citizen's:
  /// whoever holds it wipes it. Blocks for it. `malformed`: the program refused the question, or died of it,
  /// or took longer than the bounds say, or answered what is no answer; after all but a refusal it is gone,
  /// and the next question goes to a new one · `internal`: it is at fault and says so · otherwise as open().
  /// `cancelled` and `timed_out` end it as well, for it may be anywhere in its answer.
  Result<Bytes> ask(std::initializer_list<BytesView> question, const Bounds& bounds, const Wait& wait);

 private:
  struct Answer {
    Verdict verdict = Verdict::failed;
    Bytes bytes;
  };

  Result<bool> open_anew(const Wait& wait);  ///< false: it runs already
  Result<Answer> exchange(std::initializer_list<BytesView> question, const Bounds& bounds, const Wait& wait);
  Result<Bytes> meaning_of(Answer answer) const;

  Program program_;
  std::unique_ptr<Process> process_;
  std::uint32_t asked_ = 0;
};

}  // namespace kiosk::drivers::confined
