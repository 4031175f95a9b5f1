#pragma once
// QEMU's own control line (QMP): a command a line, an answer a line, and events in between.

#include <deque>
#include <string>

#include <nlohmann/json.hpp>

#include "hal/base/fd.hpp"

namespace kiosk::image {

class Qmp {
 public:
  /// Connects to QEMU's socket, which may still have to come. `timed_out`, `unreachable`.
  static Result<Qmp> connect(const std::string& socket, const Wait& wait);

  /// The answer's "return". `refused` with QEMU's words; `unreachable` when it is gone; `timed_out`.
  Result<nlohmann::json> ask(const std::string& command, const nlohmann::json& arguments, const Wait& wait);

  /// The next event of that name, also one that came earlier. Errors as ask().
  Result<nlohmann::json> event(const std::string& name, const Wait& wait);

 private:
  Result<nlohmann::json> line(const Wait& wait);

  Fd socket_;
  std::string read_;
  std::deque<nlohmann::json> events_;
};

}  // namespace kiosk::image
