#include "drivers/link/serial.hpp"

#include <cerrno>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <termios.h>

#include "drivers/link/stream.hpp"

namespace kiosk::drivers {
namespace {

std::optional<speed_t> speed_of(int baud) {
  switch (baud) {
    case 9600:
      return B9600;
    case 19200:
      return B19200;
    case 38400:
      return B38400;
    case 57600:
      return B57600;
    case 115200:
      return B115200;
    default:
      return std::nullopt;
  }
}

Result<void> make_raw(int fd, speed_t speed) {
  termios line{};
  if (::tcgetattr(fd, &line) != 0) return fail(Errc::internal, "not a serial line");
  ::cfmakeraw(&line);
  line.c_cflag &= ~static_cast<tcflag_t>(CSTOPB | PARENB | CRTSCTS | HUPCL);
  line.c_cflag |= CLOCAL | CREAD;
  line.c_cc[VMIN] = 1;
  line.c_cc[VTIME] = 0;
  ::cfsetspeed(&line, speed);
  if (::tcsetattr(fd, TCSANOW, &line) != 0) return std::unexpected(system_error("tcsetattr", errno));
  ::tcflush(fd, TCIOFLUSH);  // what came before we were there belongs to nobody
  return {};
}

class SerialOpener final : public LinkOpener {
 public:
  SerialOpener(std::string path, int baud) : path_(std::move(path)), baud_(baud) {}

  Result<std::unique_ptr<Link>> open(const Wait& wait) override {
    TRY(wait.check());
    const auto speed = speed_of(baud_);
    if (!speed) return fail(Errc::internal, path_ + ": no such speed: " + std::to_string(baud_));
    // O_NONBLOCK so that a line without carrier does not hold the open.
    Fd fd(::open(path_.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
    if (!fd) return std::unexpected(system_error(path_, errno));
    // Two programs on one reader would take each other's answers. TIOCEXCL does not stop root; a lock does.
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) return std::unexpected(system_error(path_, errno));
    if (auto raw = make_raw(fd.get(), *speed); !raw) return std::unexpected(std::move(raw).error().in(path_));
    return stream_link(std::move(fd));
  }

  std::string name() const override { return path_; }

 private:
  std::string path_;
  int baud_;
};

}  // namespace

std::unique_ptr<LinkOpener> serial_link(std::string path, int baud) {
  return std::make_unique<SerialOpener>(std::move(path), baud);
}

}  // namespace kiosk::drivers
