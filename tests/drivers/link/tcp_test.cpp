#include "drivers/link/tcp.hpp"

#include <thread>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "hal/base/fd.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;

Wait patience() {
  return Wait::of(10s);
}

/// A listening socket on a free loopback port.
struct Listener {
  Listener() : fd(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    EXPECT_EQ(::listen(fd.get(), 4), 0);
    socklen_t size = sizeof(address);
    ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &size);
    port = ntohs(address.sin_port);
  }
  Fd accept() { return Fd(::accept(fd.get(), nullptr, nullptr)); }

  Fd fd;
  std::uint16_t port = 0;
};

TEST(Tcp, CarriesBytesBothWays) {
  Listener listener;
  const auto link = tcp_link("127.0.0.1", listener.port)->open(patience());
  ASSERT_TRUE(link) << link.error().what;
  const Fd peer = listener.accept();
  ASSERT_TRUE((*link)->write(as_bytes("ping"), patience()));
  char got[8] = {};
  EXPECT_EQ(::recv(peer.get(), got, 4, MSG_WAITALL), 4);
  EXPECT_STREQ(got, "ping");
  EXPECT_EQ(::send(peer.get(), "pong", 4, 0), 4);
  const auto answer = (*link)->read(16, patience());
  ASSERT_TRUE(answer);
  EXPECT_EQ(as_text(*answer), "pong");
}

TEST(Tcp, FindsAHostByItsName) {
  Listener listener;
  EXPECT_TRUE(tcp_link("localhost", listener.port)->open(patience()));
}

TEST(Tcp, NobodyListeningIsUnplugged) {
  std::uint16_t port = 0;
  {
    port = Listener().port;
  }
  const auto link = tcp_link("127.0.0.1", port)->open(patience());
  ASSERT_FALSE(link);
  EXPECT_EQ(link.error().code, Errc::unplugged);
  EXPECT_NE(link.error().what.find("127.0.0.1:"), std::string::npos);
}

TEST(Tcp, AStopBeforeItBeginsIsCancelled) {
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(tcp_link("printer.invalid", 1)->open(Wait::of(10s, source.get_token())).error().code,
            Errc::cancelled);
}

TEST(Tcp, APeerThatClosesIsUnplugged) {
  Listener listener;
  const auto link = tcp_link("127.0.0.1", listener.port)->open(patience());
  ASSERT_TRUE(link);
  listener.accept();  // and closes at once
  EXPECT_EQ((*link)->read(1, patience()).error().code, Errc::unplugged);
  Result<void> written;
  while (written) written = (*link)->write(Bytes(4096), patience());  // no SIGPIPE either
  EXPECT_EQ(written.error().code, Errc::unplugged);
}

TEST(Tcp, AReadEndsWithItsTimeAndWithAStop) {
  Listener listener;
  const auto link = tcp_link("127.0.0.1", listener.port)->open(patience());
  ASSERT_TRUE(link);
  EXPECT_EQ((*link)->read(1, Wait::of(5ms)).error().code, Errc::timed_out);
  std::stop_source source;
  Errc code = Errc::internal;
  std::jthread reader([&] { code = (*link)->read(1, Wait::of(10s, source.get_token())).error().code; });
  source.request_stop();
  reader.join();
  EXPECT_EQ(code, Errc::cancelled);
}

}  // namespace
}  // namespace kiosk::drivers
