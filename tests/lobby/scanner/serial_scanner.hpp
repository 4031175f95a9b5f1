#pragma once
// A code scanner at the end of a serial line.

#include <mutex>
#include <string>

#include "tests/lobby/wire/pty.hpp"

namespace kiosk::lobby {

/// All calls from any thread.
class SerialScanner {
 public:
  /// Stands at `path`; empty: a new one.
  explicit SerialScanner(std::string path = {}) : pty_(std::move(path)) {}

  const std::string& path() const { return pty_.path(); }

  /// Holds a code before the window. Nothing happens while it is unplugged.
  void show(std::string_view code) { send(std::string(code) + line_end_); }

  /// Bytes as they are, for scanners that are set up wrongly.
  void send(std::string_view bytes) {
    const std::lock_guard lock(mutex_);
    (void)pty_.write(as_bytes(bytes), Wait::of(std::chrono::seconds(5)));
  }

  void set_line_end(std::string line_end) { line_end_ = std::move(line_end); }

  void unplug() { pty_.unplug(); }
  void plug() { pty_.plug(); }
  bool plugged() const { return pty_.plugged(); }

 private:
  std::mutex mutex_;
  Pty pty_;
  std::string line_end_ = "\r\n";
};

}  // namespace kiosk::lobby
