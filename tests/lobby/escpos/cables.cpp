#include "tests/lobby/escpos/cables.hpp"

#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hal/base/fd.hpp"
#include "tests/lobby/wire/pty.hpp"

namespace kiosk::lobby {

using namespace std::chrono_literals;

namespace {

std::unexpected<Error> system_failure(const char* what) {
  return fail(Errc::internal, std::string(what) + ": " + std::strerror(errno));
}

class TcpCable final : public Cable {
 public:
  explicit TcpCable(std::uint16_t port) : port_(port) {}

  Result<void> plug_in() override {
    listener_ = Fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!listener_) return system_failure("socket");
    const int on = 1;
    ::setsockopt(listener_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port_);
    auto* const raw = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof(address);
    if (::bind(listener_.get(), raw, size) != 0 || ::listen(listener_.get(), 1) != 0 ||
        ::getsockname(listener_.get(), raw, &size) != 0)
      return system_failure("listen");
    port_ = ntohs(address.sin_port);
    return {};
  }

  void unplug() override {
    line_.reset();
    listener_.reset();
  }

  Result<Bytes> read(std::size_t most, const Wait& wait) override {
    if (!line_) {
      TRY(poll_fd(listener_.get(), POLLIN, wait));
      line_ = Fd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
      return Bytes{};
    }
    TRY(poll_fd(line_.get(), POLLIN, wait));
    Bytes bytes(most);
    const auto got = ::read(line_.get(), bytes.data(), bytes.size());
    if (got <= 0) line_.reset();
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
  }

  void write(BytesView bytes) override {
    if (line_) (void)::send(line_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }

  std::uint16_t port() const { return port_; }

 private:
  std::uint16_t port_;
  Fd listener_, line_;
};

class PtyCable final : public Cable {
 public:
  const std::string& path() const { return pty_.path(); }

  Result<void> plug_in() override {
    pty_.plug();
    return {};
  }
  void unplug() override { pty_.unplug(); }
  Result<Bytes> read(std::size_t most, const Wait& wait) override { return pty_.read(most, wait); }
  void write(BytesView bytes) override { (void)pty_.write(bytes, Wait::of(1s)); }

 private:
  Pty pty_;
};

}  // namespace

Result<std::unique_ptr<Cable>> tcp_cable(std::uint16_t& port) {
  auto cable = std::make_unique<TcpCable>(port);
  TRY(cable->plug_in());
  port = cable->port();
  return cable;
}

Result<std::unique_ptr<Cable>> pty_cable(std::string& tty) {
  auto cable = std::make_unique<PtyCable>();
  tty = cable->path();
  return cable;
}

}  // namespace kiosk::lobby
