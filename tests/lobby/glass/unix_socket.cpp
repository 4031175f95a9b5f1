#include "tests/lobby/glass/unix_socket.hpp"

#include <cstdlib>
#include <string>

#include <sys/socket.h>
#include <sys/un.h>

namespace kiosk::lobby {

Fd listen_at(const std::filesystem::path& path) {
  const auto text = path.string();
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (text.size() >= sizeof(address.sun_path)) std::abort();
  text.copy(address.sun_path, text.size());
  Fd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) std::abort();
  if (::listen(socket.get(), 4) != 0) std::abort();
  return socket;
}

}  // namespace kiosk::lobby
