#pragma once
// systemd's service manager on a bus, as far as it is asked to start a unit.

#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace kiosk::lobby {

class ServiceManager {
 public:
  /// Serves on the bus at `address`.
  explicit ServiceManager(const std::string& address);
  ~ServiceManager();

  /// Refuses whoever asks from now on, as it does with those who may not.
  void refuse();

  /// "UNIT MODE" of every one that was started.
  std::vector<std::string> started() const;

 private:
  struct Bus;

  std::unique_ptr<Bus> bus_;
  std::jthread thread_;
};

}  // namespace kiosk::lobby
