#pragma once
// What the simulated registry does wrong just now. Any thread.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <vector>

#include "tests/lobby/registry/server.hpp"

namespace kiosk::lobby {

class Faults {
 public:
  void add(RegistryFault fault);
  void set_delay(std::chrono::milliseconds delay);
  void heal();
  void end();  ///< heals, and stays healed

  /// The fault that this request meets, and counts it.
  std::optional<RegistryFault> take(const std::string& path);
  /// Blocks for the delay; ends early with heal().
  void wait_delay();
  /// Blocks until heal() or end().
  void wait_healed();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<RegistryFault> faults_;
  std::chrono::milliseconds delay_{0};
  unsigned healed_ = 0;
  bool ended_ = false;
};

}  // namespace kiosk::lobby
