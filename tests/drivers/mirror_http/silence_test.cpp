// Servers that say nothing, or too little at a time.

#include <array>
#include <csignal>
#include <stop_token>
#include <thread>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hal/base/fd.hpp"
#include "tests/drivers/mirror_http/web.hpp"

namespace kiosk::testing {
namespace {

/// A port without TLS.
class PlainPort {
 public:
  PlainPort() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(listener_.get(), any, length), 0);
    EXPECT_EQ(::listen(listener_.get(), 8), 0);
    EXPECT_EQ(::getsockname(listener_.get(), any, &length), 0);
    port_ = ntohs(address.sin_port);
  }

  std::string url() const { return fmt::format("http://127.0.0.1:{}", port_); }

  /// Takes one connection, reads what comes first, and says this.
  void answer_once(std::string_view text) const {
    if (!poll_fd(listener_.get(), POLLIN, Wait::of(60s))) return;
    const Fd connection(::accept(listener_.get(), nullptr, nullptr));
    std::array<char, 4096> request{};
    (void)!::read(connection.get(), request.data(), request.size());
    (void)!::write(connection.get(), text.data(), text.size());
  }

 private:
  Fd listener_;
  int port_ = 0;
};

TEST_F(MirrorHttp, GivesUpOnAServerThatFallsSilentOrDrips) {
  const auto mirror = another([](auto& config) {
    config.slowest_bytes_a_second =
        1'000'000'000;  // any server is too slow for this, so that the test is not
    config.slowest_for = 1s;
  });
  const auto gives_up = [&] { EXPECT_EQ(code_of(download_by(*mirror)), Errc::unreachable); };
  web.server->set_answer([](const WebRequest&, WebWire& wire) { wire.fall_silent(); });
  gives_up();
  web.server->set_answer([](const WebRequest&, WebWire& wire) {  // in the lines above the body
    wire.send("HTTP/1.1 200 OK\r\nX-Slow: ");
    while (wire.send("x")) std::this_thread::sleep_for(20ms);
  });
  gives_up();
  web.server->set_answer([](const WebRequest&, WebWire& wire) {
    wire.send("HTTP/1.1 200 OK\r\nETag: \"a\"\r\n\r\n");
    while (wire.send("x")) std::this_thread::sleep_for(20ms);
  });
  gives_up();
  EXPECT_GT(there(), 0U) << "what dripped in is kept";
}

TEST_F(MirrorHttp, GivesUpOnAPortThatTakesConnectionsAndSaysNothing) {
  const PlainPort port;
  const auto mirror = another([&](auto& config) {
    config.url = "https" + port.url().substr(4);
    config.connect_limit = 50ms;
  });
  EXPECT_EQ(code_of(mirror->fetch("targets/image", size, Wait::of(60s))), Errc::unreachable);
}

TEST_F(MirrorHttp, IsUnreachableWhereNobodyListensOrNobodyIs) {
  for (const auto* url : {"https://127.0.0.1:1", "https://nowhere.invalid"}) {
    const auto mirror = another([&](auto& config) { config.url = url; });
    EXPECT_EQ(code_of(mirror->fetch("targets/image", size, Wait::of(60s))), Errc::unreachable);
  }
}

TEST_F(MirrorHttp, IsUnreachableBehindAProxyThatWantsAPassword) {
  const PlainPort port;
  const std::jthread proxy(
      [&] { port.answer_once("HTTP/1.1 407 Proxy Authentication Required\r\nRetry-After: 9\r\n\r\n"); });
  const auto mirror = another([&](auto& config) { config.proxy = port.url(); });
  EXPECT_EQ(code_of(mirror->fetch("targets/image", size, Wait::of(60s))), Errc::unreachable);
}

TEST_F(MirrorHttp, EndsInMidTransferWhenItIsStopped) {
  std::stop_source stop;
  web.server->set_answer([&](const WebRequest&, WebWire& wire) {
    wire.send("HTTP/1.1 200 OK\r\n");
    stop.request_stop();
    wire.fall_silent();
  });
  EXPECT_EQ(code_of(web.mirror().fetch("targets/image", size, {.stop = stop.get_token()})), Errc::cancelled);
}

TEST_F(MirrorHttp, SaysWhenTheDiskIsFull) {
  // A file may not grow past this, as on a full disk; SIGXFSZ ignored makes write(2) answer EFBIG.
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{static_cast<rlim_t>(content.size() / 2), before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto full =
      web.mirror().download("targets/image", std::ssize(content), web.folder / "got", {}, Wait::of(60s));
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_EQ(code_of(full), Errc::storage);
  EXPECT_NE(full.error().what.find("File too large"), std::string::npos) << full.error().what;
  EXPECT_EQ(std::filesystem::file_size(web.folder / "got"), content.size() / 2) << "what fitted stays";

  const auto none =
      web.mirror().download("targets/image", std::ssize(content), "/dev/full", {}, Wait::of(60s));
  EXPECT_EQ(code_of(none), Errc::storage);
  EXPECT_EQ(none.error().what, "/dev/full: no plain file");
}

}  // namespace
}  // namespace kiosk::testing
