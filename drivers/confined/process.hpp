#pragma once
// A confined program while it runs: one socket between it and us, and a thread of ours that sees it end.

#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "hal/base/fd.hpp"
#include "hal/base/mailbox.hpp"

namespace kiosk::drivers::confined {

/// How a process ended.
struct Ending {
  bool by_signal = false;
  int number = 0;  ///< of the signal, or its exit status

  bool rested() const { return !by_signal && number == 0; }  ///< it had nothing to do any more
  std::string text() const;                                  ///< "exit status 1", "signal 31"
};

class Process {
 public:
  /// Starts `path` with the other end of the socket as its standard input, our standard error as its output,
  /// and nothing else that we have: no other descriptor, no environment but the C library's order to keep no
  /// freed memory (decision 4). Blocks until it is loaded, a few ms. `internal`: it cannot be started.
  static Result<std::unique_ptr<Process>> start(const std::filesystem::path& path,
                                                const std::vector<std::string>& arguments);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();  ///< ends it

  /// Our end of the socket.
  int socket() const { return socket_.get(); }

  /// Ends it now, if it has not ended by itself. Blocks until it is gone.
  Ending end();

 private:
  Process() = default;

  Fd socket_;
  Ending ending_;  // the keeper writes it last of all
  Mailbox<Result<void>> started_;
  // PR_SET_PDEATHSIG means the thread that started it, not the program: so that thread lives as long as it
  // does. It also takes the process off the system's list when it ends by itself.
  std::jthread keeper_;
};

}  // namespace kiosk::drivers::confined
