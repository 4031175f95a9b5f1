// Whoever opens.

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drivers/side_door/lines.hpp"
#include "drivers/side_door/side_door.hpp"
#include "drivers/side_door/wire.hpp"
#include "hal/base/log.hpp"
#include "hal/base/thread_name.hpp"

namespace kiosk::drivers {

using namespace side_door;

namespace {

constexpr auto patience = std::chrono::seconds(2);
constexpr int callers_waiting = 8;

/// The kiosk's group is the updater's as well. Others could not even knock; this holds where a folder was
/// left open to all.
bool may_ask(const Fd& caller) {
  ucred who{};
  socklen_t size = sizeof who;
  return ::getsockopt(caller.get(), SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 &&
         (who.uid == 0 || who.uid == ::geteuid() || who.gid == ::getegid());
}

/// Whoever hangs up over an answer that they have not read resets the connection. Who stays on has it before
/// them.
bool was_heard(const Fd& caller, const Wait& wait) {
  char more = 0;
  return !poll_fd(caller.get(), POLLIN, wait) || ::recv(caller.get(), &more, 1, MSG_DONTWAIT) >= 0;
}

}  // namespace

Result<std::unique_ptr<SideDoor>> SideDoor::open(const std::filesystem::path& socket,
                                                 hal::CitizensSide& side) {
  const auto cannot = [&] {
    return fail(Errc::internal, "side door: cannot be opened at " + socket.string());
  };
  const auto address = address_of(socket);
  Fd listening(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!address || !listening) return cannot();
  ::unlink(socket.c_str());
  if (::fchmod(listening.get(), 0600) != 0 ||
      ::bind(listening.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0 ||
      ::chmod(socket.c_str(), 0660) != 0 ||  // whatever the umask
      ::listen(listening.get(), callers_waiting) != 0) {
    return cannot();
  }
  return std::unique_ptr<SideDoor>(new SideDoor(std::move(listening), side));
}

SideDoor::SideDoor(Fd listening, hal::CitizensSide& side)
    : listening_(std::move(listening)),
      side_(side),
      thread_([this](const std::stop_token& stop) { serve(stop); }) {}

void SideDoor::serve(const std::stop_token& stop) {
  name_thread("side door");
  const Wait wait{.stop = stop};
  while (poll_fd(listening_.get(), POLLIN, wait)) {
    const Fd caller(::accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (caller && may_ask(caller)) attend(caller, stop);
    if (!caller) (void)wait.sleep(patience);  // too many files are open: they knock again
  }
}

void SideDoor::attend(const Fd& caller, const std::stop_token& stop) {
  const auto wait = Wait::of(patience, stop);
  const auto line = receive_line(caller, wait);
  if (!line) return;
  const auto said = answer(side_, *line, wait);
  const auto leave = Wait::of(patience, stop);
  if (send_line(caller, said, leave) && was_heard(caller, leave)) return;
  log::info("side door", "whoever asked did not wait for the answer");
  withdraw(side_, *line, Wait::of(patience, stop));
}

}  // namespace kiosk::drivers
