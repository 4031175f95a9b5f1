#pragma once
// A program that this one starts, and that never outlives it.

#include <string>
#include <vector>

#include <sys/types.h>

#include "hal/base/fd.hpp"

namespace kiosk::lobby {

/// Ends with its destructor, and with the thread that started it (PR_SET_PDEATHSIG), so that even SIGKILL of
/// this program leaves nothing behind: start it from a thread that lives longer than it should. It runs in a
/// process group of its own: Ctrl-C in the terminal reaches only us, and we end it in order.
class Child {
 public:
  struct Program {
    std::vector<std::string> command;           ///< the program's path first
    std::vector<std::string> environment = {};  ///< "NAME=value", beside or over our own
    std::string log = {};  ///< its output is appended to this file; empty: goes where ours goes
  };

  /// `not_present` the program is not there or cannot run; `internal`.
  static Result<Child> start(const Program& program);

  Child() = default;
  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) noexcept;
  ~Child();

  pid_t pid() const { return pid_; }

  /// Whether it still runs. Does not block.
  bool running();

  /// Blocks until it has ended: its exit status, 128 + n when signal n ended it. `timed_out`, `cancelled`;
  /// `not_present` when nothing was started.
  Result<int> wait(const Wait& wait);

  /// SIGKILL, and waits for the end.
  void kill();

  /// SIGTERM, and SIGKILL when it has not ended 5 s later.
  void end();

 private:
  Child(pid_t pid, Fd handle) : pid_(pid), handle_(std::move(handle)) {}

  pid_t pid_ = 0;
  Fd handle_;        ///< pidfd: names this very process, even after its number was given to another
  int status_ = -1;  ///< once it has ended
};

}  // namespace kiosk::lobby
