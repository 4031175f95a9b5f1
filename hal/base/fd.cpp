#include "hal/base/fd.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace kiosk {

Fd::~Fd() {
  reset();
}

void Fd::reset() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

Result<short> poll_fd(int fd, short events, const Wait& wait) {
  // A stop request must end the poll at once, so it writes to an eventfd that is polled beside the
  // descriptor.
  std::optional<Fd> alarm;
  if (wait.stop.stop_possible()) {
    alarm.emplace(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!*alarm) return fail(Errc::internal, std::string("eventfd: ") + std::strerror(errno));
  }
  const int alarm_fd = alarm ? alarm->get() : -1;
  const std::stop_callback ring(wait.stop, [alarm_fd] { (void)!::eventfd_write(alarm_fd, 1); });

  for (;;) {
    if (wait.stop.stop_requested()) return fail(Errc::cancelled, "stopped");
    std::array<pollfd, 2> fds{{{fd, events, 0}, {alarm_fd, POLLIN, 0}}};
    const int ready = ::poll(fds.data(), fds.size(), wait.left_ms());
    if (ready < 0 && errno != EINTR)
      return fail(Errc::internal, std::string("poll: ") + std::strerror(errno));
    if (ready > 0 && (fds[0].revents & POLLNVAL) != 0)
      return fail(Errc::internal, "poll: descriptor is closed");
    if (ready > 0 && fds[0].revents != 0) return fds[0].revents;
    if (ready > 0) continue;  // only the alarm rang
    if (Steady::now() >= wait.until) return fail(Errc::timed_out, "the time is up");
  }
}

}  // namespace kiosk
