#include "tests/lobby/wire/pty.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <stop_token>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

namespace kiosk::lobby {

namespace fs = std::filesystem;

/// Both ends. We hold the slave open as well: a master without any slave answers EIO, and we would see a
/// driver that reopens its line as a line that died.
struct Pty::Ends {
  Fd master, slave;
  std::stop_source unplugged;
};

Pty::Pty(std::string path) : path_(std::move(path)) {
  if (path_.empty()) {
    folder_ = (fs::temp_directory_path() / "kiosk-tty-XXXXXX").string();
    if (::mkdtemp(folder_.data()) == nullptr) std::abort();
    path_ = folder_ + "/tty";
  }
  plug();
}

Pty::~Pty() {
  unplug();
  if (!folder_.empty()) fs::remove_all(folder_);
}

void Pty::plug() {
  if (plugged()) return;
  int master = -1;
  int slave = -1;
  char name[128] = {};
  if (::openpty(&master, &slave, name, nullptr, nullptr) != 0) std::abort();
  auto ends = std::make_shared<Ends>();
  ends->master = Fd(master);
  ends->slave = Fd(slave);
  termios line{};
  ::tcgetattr(slave, &line);
  ::cfmakeraw(&line);  // before anybody opens it: no echo, no line editing
  ::tcsetattr(slave, TCSANOW, &line);
  ::fcntl(master, F_SETFL, O_NONBLOCK);
  ::fcntl(master, F_SETFD, FD_CLOEXEC);
  ::fcntl(slave, F_SETFD, FD_CLOEXEC);
  ends_.set(std::move(ends));
  fs::remove(path_);
  fs::create_symlink(name, path_);
}

void Pty::unplug() {
  const auto ends = ends_.get();
  if (!ends) return;
  std::error_code ignored;
  fs::remove(path_, ignored);
  ends_.set(nullptr);
  ends->unplugged.request_stop();  // who waits on them lets go, and the last one closes them
}

/// Waits for `events`, for the end of the wait, or for the plug to be pulled.
Result<void> Pty::await(Ends& ends, short events, const Wait& wait) {
  std::stop_source either;
  const auto end = [&either] { either.request_stop(); };
  const std::stop_callback when_stopped(wait.stop, end);
  const std::stop_callback when_unplugged(ends.unplugged.get_token(), end);
  const auto ready = poll_fd(ends.master.get(), events, Wait{wait.until, either.get_token()});
  if (ends.unplugged.stop_requested()) return fail(Errc::unplugged, "unplugged");
  if (!ready) return std::unexpected(ready.error());
  return {};
}

Result<Bytes> Pty::read(std::size_t most, const Wait& wait) {
  const auto ends = ends_.get();
  if (!ends) return fail(Errc::unplugged, "unplugged");
  Bytes bytes(std::min<std::size_t>(most, 64 * 1024));
  for (;;) {
    TRY(await(*ends, POLLIN, wait));
    const auto got = ::read(ends->master.get(), bytes.data(), bytes.size());
    if (got > 0) {
      bytes.resize(static_cast<std::size_t>(got));
      return bytes;
    }
    if (got == 0 || errno != EAGAIN) return fail(Errc::unplugged, "the line has ended");
  }
}

Result<void> Pty::write(BytesView bytes, const Wait& wait) {
  const auto ends = ends_.get();
  if (!ends) return fail(Errc::unplugged, "unplugged");
  while (!bytes.empty()) {
    TRY(await(*ends, POLLOUT, wait));
    const auto sent = ::write(ends->master.get(), bytes.data(), bytes.size());
    if (sent > 0) bytes = bytes.subspan(static_cast<std::size_t>(sent));
    if (sent < 0 && errno != EAGAIN) return fail(Errc::unplugged, "the line has ended");
  }
  return {};
}

Result<void> Pty::readable(const Wait& wait) {
  const auto ends = ends_.get();
  if (!ends) return fail(Errc::unplugged, "unplugged");
  return await(*ends, POLLIN, wait);
}

}  // namespace kiosk::lobby
