#include "drivers/link/tcp.hpp"

#include <cerrno>
#include <cstring>
#include <thread>
#include <utility>
#include <vector>

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include "drivers/link/stream.hpp"
#include "hal/base/mailbox.hpp"

namespace kiosk::drivers {
namespace {

struct Address {
  sockaddr_storage bytes{};
  socklen_t size = 0;
};

std::vector<Address> look_up(const std::string& host, std::uint16_t port, int flags) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return {};
  std::vector<Address> addresses;
  for (const addrinfo* at = found; at != nullptr; at = at->ai_next) {
    Address& address = addresses.emplace_back();
    std::memcpy(&address.bytes, at->ai_addr, at->ai_addrlen);
    address.size = at->ai_addrlen;
  }
  ::freeaddrinfo(found);
  return addresses;
}

/// A name is looked up on a thread of its own, which is left behind when the wait ends: getaddrinfo cannot be
/// stopped.
Result<std::vector<Address>> resolve(const std::string& host, std::uint16_t port, const Wait& wait) {
  auto numeric = look_up(host, port, AI_NUMERICHOST);
  if (!numeric.empty()) return numeric;
  auto answer = std::make_shared<Mailbox<std::vector<Address>>>();
  std::thread([answer, host, port] { answer->post(look_up(host, port, 0)); }).detach();
  return answer->take(wait);
}

void set(int fd, int level, int option, int value) {
  (void)::setsockopt(fd, level, option, &value, sizeof(value));
}

/// A pulled cable sends nothing: only probes and unanswered bytes tell that the other end has gone.
void notice_dead_lines(int fd) {
  set(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
  set(fd, IPPROTO_TCP, TCP_KEEPIDLE, 5);
  set(fd, IPPROTO_TCP, TCP_KEEPINTVL, 2);
  set(fd, IPPROTO_TCP, TCP_KEEPCNT, 3);
  set(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, 11'000);  // ms
}

Result<Fd> connect_to(const Address& address, const Wait& wait) {
  Fd fd(::socket(address.bytes.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return std::unexpected(system_error("socket", errno));
  set(fd.get(), IPPROTO_TCP, TCP_NODELAY, 1);
  notice_dead_lines(fd.get());
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address.bytes), address.size) == 0) return fd;
  if (errno != EINPROGRESS) return std::unexpected(system_error("connect", errno));
  TRY(poll_fd(fd.get(), POLLOUT, wait));
  int number = 0;
  socklen_t size = sizeof(number);
  ::getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &number, &size);
  if (number != 0) return std::unexpected(system_error("connect", number));
  return fd;
}

class TcpOpener final : public LinkOpener {
 public:
  TcpOpener(std::string host, std::uint16_t port) : host_(std::move(host)), port_(port) {}

  Result<std::unique_ptr<Link>> open(const Wait& wait) override {
    TRY(wait.check());
    const auto addresses = TRY(resolve(host_, port_, wait));
    Error last{Errc::unplugged, "no such host"};
    for (const Address& address : addresses) {
      auto fd = connect_to(address, wait);
      if (fd) return stream_link(std::move(*fd));
      last = std::move(fd).error();
      if (last.code == Errc::cancelled || last.code == Errc::timed_out) break;
    }
    return std::unexpected(std::move(last).in(name()));
  }

  std::string name() const override { return host_ + ":" + std::to_string(port_); }

 private:
  std::string host_;
  std::uint16_t port_;
};

}  // namespace

std::unique_ptr<LinkOpener> tcp_link(std::string host, std::uint16_t port) {
  return std::make_unique<TcpOpener>(std::move(host), port);
}

}  // namespace kiosk::drivers
