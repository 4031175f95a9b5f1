#include "firmware/app/service_manager.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "hal/base/fd.hpp"

namespace kiosk::app {

namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::optional<long> number(const std::string& text) {
  long value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value).ptr;
  if (text.empty() || end != text.data() + text.size() || value <= 0) return std::nullopt;
  return value;
}

}  // namespace

ServiceManager ServiceManager::from_environment() {
  ServiceManager manager;
  manager.socket_ = variable("NOTIFY_SOCKET");
  const auto span = number(variable("WATCHDOG_USEC"));
  const auto process = variable("WATCHDOG_PID");
  const bool ours = process.empty() || number(process) == ::getpid();
  if (!manager.socket_.empty() && span && ours) {
    manager.every_ = std::chrono::microseconds(*span) / 2;
    manager.next_alive_ = Steady::now() + *manager.every_;
  }
  return manager;
}

void ServiceManager::ready() {
  if (std::exchange(ready_, true)) return;
  tell("READY=1\nSTATUS=the first picture is on the glass");
}

void ServiceManager::alive(Steady::time_point now) {
  if (!every_ || now < next_alive_) return;
  next_alive_ = now + *every_;
  tell("WATCHDOG=1");
}

void ServiceManager::tell(std::string_view message) const {
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  if (socket_.empty() || socket_.size() >= sizeof address.sun_path) return;
  std::ranges::copy(socket_, address.sun_path);
  if (socket_.front() == '@') address.sun_path[0] = '\0';  // an abstract one
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  const Fd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  // Nobody there: then nobody waits for it either.
  [[maybe_unused]] const auto sent = ::sendto(socket.get(), message.data(), message.size(), MSG_NOSIGNAL,
                                              reinterpret_cast<const sockaddr*>(&address), size);
}

}  // namespace kiosk::app
