#pragma once
// The other side of a Room: what the main() of a confined program calls.

#include <chrono>
#include <cstddef>
#include <functional>

#include "hal/base/bytes.hpp"

namespace kiosk::drivers::confined {

struct Limits {
  std::size_t most_question = 0;  ///< bytes
  std::size_t most_memory = 0;    ///< bytes, beside what is mapped when serve() is called
  std::chrono::seconds rest{0};   ///< ends after so long without a question; 0: rests for ever
};

/// Answers one question. `malformed`: it is not what it should be; any other error: the program is at fault.
/// Question and answer are wiped by serve().
using Answerer = std::function<Result<Bytes>(BytesView question)>;

/// Closes this process in (close_in.hpp) and answers one question after the other, until the other side is
/// gone or nothing was asked for `limits.rest`. All that is read from a disk must have been read. Never
/// returns.
[[noreturn]] void serve(const Limits& limits, const Answerer& answer);

/// Says on standard error why the program cannot serve, and ends it.
[[noreturn]] void give_up(const Error& error);

}  // namespace kiosk::drivers::confined
