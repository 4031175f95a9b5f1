#pragma once
// The kiosk's side door: a socket on this machine, at which whoever works on the machine asks after the
// citizens' side. Only root and the program's own user and group may.

#include <filesystem>
#include <memory>
#include <thread>

#include "hal/base/fd.hpp"
#include "hal/citizens_side.hpp"

namespace kiosk::drivers {

/// From outside: asks at the socket. A program that does not run is `unreachable`.
std::unique_ptr<hal::CitizensSide> make_side_door(std::filesystem::path socket);

/// From inside: answers there, one after the other, until it is destroyed. Whoever knocks has two seconds to
/// say what they want. Who hangs up before they have heard that the kiosk stays closed has not closed it.
class SideDoor {
 public:
  /// `internal` the socket cannot be made. What an earlier program left there is replaced.
  static Result<std::unique_ptr<SideDoor>> open(const std::filesystem::path& socket, hal::CitizensSide& side);

 private:
  SideDoor(Fd listening, hal::CitizensSide& side);
  void serve(const std::stop_token& stop);
  void attend(const Fd& caller, const std::stop_token& stop);

  Fd listening_;
  hal::CitizensSide& side_;
  std::jthread thread_;
};

}  // namespace kiosk::drivers
