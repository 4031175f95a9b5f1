#include "drivers/link/stream.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace kiosk::drivers {
namespace {

Errc code_of(int number) {
  switch (number) {
    case ENOENT:
    case ENODEV:
    case ENXIO:
    case EIO:
    case EPIPE:
    case ENOTCONN:
    case ECONNRESET:
    case ECONNREFUSED:
    case ECONNABORTED:
    case EHOSTUNREACH:
    case ENETUNREACH:
    case EHOSTDOWN:
    case ENETDOWN:
    case ETIMEDOUT:
      return Errc::unplugged;
    case EACCES:
    case EPERM:
      return Errc::refused;
    case EBUSY:
    case EAGAIN:
      return Errc::busy;
    default:
      return Errc::internal;
  }
}

class StreamLink final : public Link {
 public:
  explicit StreamLink(Fd fd) : fd_(std::move(fd)) {
    int type = 0;
    socklen_t size = sizeof(type);
    socket_ = ::getsockopt(fd_.get(), SOL_SOCKET, SO_TYPE, &type, &size) == 0;
  }

  Result<void> write(BytesView bytes, const Wait& wait) override {
    while (!bytes.empty()) {
      if (wait.stop.stop_requested()) return fail(Errc::cancelled, "stopped");
      const auto sent = socket_ ? ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL)
                                : ::write(fd_.get(), bytes.data(), bytes.size());
      if (sent >= 0) {
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
      } else if (errno == EAGAIN) {
        TRY(poll_fd(fd_.get(), POLLOUT, wait));
      } else if (errno != EINTR) {
        return std::unexpected(system_error("write", errno));
      }
    }
    return {};
  }

  Result<Bytes> read(std::size_t most, const Wait& wait) override {
    Bytes bytes(std::min<std::size_t>(most, 64 * 1024));
    for (;;) {
      if (wait.stop.stop_requested()) return fail(Errc::cancelled, "stopped");
      const auto got = ::read(fd_.get(), bytes.data(), bytes.size());
      if (got > 0) {
        bytes.resize(static_cast<std::size_t>(got));
        return bytes;
      }
      if (got == 0) return fail(Errc::unplugged, "the line has ended");
      if (errno == EAGAIN) {
        TRY(poll_fd(fd_.get(), POLLIN, wait));
      } else if (errno != EINTR) {
        return std::unexpected(system_error("read", errno));
      }
    }
  }

  void drain() override {
    std::uint8_t waste[4096];
    // Bounded, because a device may talk faster than we can throw away.
    for (int i = 0; i < 64 && ::read(fd_.get(), waste, sizeof(waste)) > 0; ++i) {
    }
    ::explicit_bzero(waste, sizeof(waste));
  }

 private:
  Fd fd_;
  bool socket_ = false;
};

}  // namespace

std::unique_ptr<Link> stream_link(Fd fd) {
  return std::make_unique<StreamLink>(std::move(fd));
}

Error system_error(std::string_view what, int number) {
  return Error{code_of(number), std::string(what) + ": " + std::strerror(number)};
}

}  // namespace kiosk::drivers
