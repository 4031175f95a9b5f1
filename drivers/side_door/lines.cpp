#include "drivers/side_door/lines.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <poll.h>
#include <sys/socket.h>

#include "drivers/side_door/wire.hpp"

namespace kiosk::drivers::side_door {

std::optional<sockaddr_un> address_of(const std::filesystem::path& socket) {
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  if (socket.native().size() >= sizeof address.sun_path) return std::nullopt;
  std::ranges::copy(socket.native(), address.sun_path);
  return address;
}

Result<void> send_line(const Fd& fd, std::string_view line, const Wait& wait) {
  while (!line.empty()) {
    TRY(poll_fd(fd.get(), POLLOUT, wait));
    const auto sent = ::send(fd.get(), line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (sent < 0) return fail(Errc::unreachable, "side door: closed while speaking");
    line.remove_prefix(static_cast<std::size_t>(sent));
  }
  return {};
}

Result<std::string> receive_line(const Fd& fd, const Wait& wait) {
  std::string line;
  std::array<char, 512> piece{};
  while (line.size() <= longest_line) {
    TRY(poll_fd(fd.get(), POLLIN, wait));
    const auto got = ::recv(fd.get(), piece.data(), piece.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (got <= 0) return fail(Errc::unreachable, "side door: closed without a word");
    line.append(piece.data(), static_cast<std::size_t>(got));
    if (const auto end = line.find('\n'); end != line.npos) return line.substr(0, end);
  }
  return fail(Errc::malformed, "side door: a line without an end");
}

}  // namespace kiosk::drivers::side_door
