#pragma once
// The program as a process of Linux: what is settled before any thread exists, and how it is told to end.

#include <thread>

#include "hal/base/fd.hpp"

namespace kiosk::app {

class Glass;

/// Language, memory: before any thread starts.
void settle_process();

/// SIGTERM and SIGINT end the glass's loop. Signals are blocked before any thread starts, and read from a
/// descriptor.
class EndSignals {
 public:
  EndSignals();

  /// Ends with the thread.
  std::jthread watch(Glass& glass) const;

 private:
  Fd fd_;
};

}  // namespace kiosk::app
