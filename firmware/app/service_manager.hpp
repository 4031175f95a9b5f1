#pragma once
// The service manager that started the kiosk, and starts it again when it no longer answers: systemd's
// notification protocol, one datagram a message (sd_notify(3)).

#include <optional>
#include <string>
#include <string_view>

#include "hal/base/wait.hpp"

namespace kiosk::app {

class ServiceManager {
 public:
  /// From NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID. Without them nobody listens, and nothing is ever
  /// due.
  static ServiceManager from_environment();

  /// "READY=1", once: the first picture is where a person can see it. Never blocks.
  void ready();

  /// "WATCHDOG=1" when half of the time has passed after which the manager takes the program for dead. Never
  /// blocks.
  void alive(Steady::time_point now);

  /// When alive() has something to say again; never, when nobody watches.
  Steady::time_point next_alive() const { return next_alive_; }

 private:
  void tell(std::string_view message) const;

  std::string socket_;
  std::optional<Steady::duration> every_;
  Steady::time_point next_alive_ = Steady::time_point::max();
  bool ready_ = false;
};

}  // namespace kiosk::app
