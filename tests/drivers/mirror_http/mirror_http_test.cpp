#include "drivers/mirror_http/mirror_http.hpp"

#include <array>
#include <thread>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hal/base/fd.hpp"
#include "tests/lobby/mirror/static_files.hpp"
#include "tests/support/release_mirror_conformance.hpp"

namespace kiosk::testing {
namespace {

using namespace std::chrono_literals;
using lobby::web_answer;
using lobby::WebRequest;
using lobby::WebWire;

const lobby::Certificates& certificates() {
  static const TemporaryFolder folder;
  static const auto certificates = lobby::make_certificates(folder.path().string()).value();
  return certificates;
}

const lobby::Certificates& strangers() {
  static const TemporaryFolder folder;
  static const auto certificates = lobby::make_certificates(folder.path().string()).value();
  return certificates;
}

/// A web server with a folder of releases, and the mirror that looks at it.
struct Web {
  hal::ReleaseMirror& mirror() { return *mirror_; }
  void put(const std::string& path, const std::string& content) {
    std::filesystem::create_directories((folder / path).parent_path());
    EXPECT_TRUE(replace_file(folder / path, content));
  }
  drivers::MirrorHttpConfig config() const {
    return {.url = server->url(), .ca_file = certificates().ca_file};
  }

  TemporaryFolder folder;
  lobby::WebAnswer files = lobby::static_files(folder.path());
  std::unique_ptr<lobby::TlsServer> server =
      lobby::TlsServer::start({.certificates = certificates()}, files).value();

 private:
  std::unique_ptr<hal::ReleaseMirror> mirror_ = drivers::make_mirror_http(config()).value();
};

INSTANTIATE_TYPED_TEST_SUITE_P(Http, ReleaseMirrorConformance, Web);

/// Takes down what a server would send.
struct Recorded final : WebWire {
  bool send(std::string_view text) override {
    bytes.append(text);
    return true;
  }
  void fall_silent() override {}
  void cut() override {}
  void reset() override {}
  std::string bytes;
};

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

Errc code_of(const auto& result) {
  EXPECT_FALSE(result);
  return result ? Errc::internal : result.error().code;
}

struct MirrorHttp : ::testing::Test {
  static constexpr std::size_t size = 1 << 20;

  MirrorHttp() { web.put("targets/image", content); }

  Result<void> download() { return download_by(web.mirror()); }
  Result<void> download_by(hal::ReleaseMirror& mirror) {
    return mirror.download("targets/image", std::ssize(content), file, {}, Wait::of(60s));
  }
  Result<std::string> fetch(std::size_t most = 1000) {
    return web.mirror().fetch("targets/image", most, Wait::of(60s));
  }
  void answer(const std::string& bytes) {
    web.server->set_answer([bytes](const WebRequest&, WebWire& wire) { wire.send(bytes); });
  }
  /// Answers are as static files give them, but only so many bytes of each body; then the line is cut.
  void cut_after(std::size_t body_bytes) {
    web.server->set_answer([this, body_bytes](const WebRequest& request, WebWire& wire) {
      Recorded recorded;
      web.files(request, recorded);
      const auto end = recorded.bytes.find("\r\n\r\n") + 4 + body_bytes;
      wire.send(std::string_view(recorded.bytes).substr(0, end));
      if (end < recorded.bytes.size()) wire.cut();
    });
  }
  std::string brought() const { return read_file(file, 1 << 30).value_or("(no file)"); }
  std::size_t there() const { return brought().size(); }
  std::unique_ptr<hal::ReleaseMirror> another(auto change) {
    auto config = web.config();
    change(config);
    return drivers::make_mirror_http(config).value();
  }

  Web web;
  TemporaryFolder folder;
  std::filesystem::path file = folder / "image";
  std::string content = content_of(size);
};

// --- who is there

TEST_F(MirrorHttp, SpeaksOnlyToAServerThatTheCitysAuthorityKnows) {
  const auto mirror = another([](auto& config) { config.ca_file = strangers().ca_file; });
  EXPECT_EQ(code_of(mirror->fetch("targets/image", size, Wait::of(60s))), Errc::unreachable);
  EXPECT_TRUE(web.server->requests().empty()) << "a stranger in the middle learns not even what is asked for";
}

TEST_F(MirrorHttp, SpeaksOnlyToTheKeyThatIsPinned) {
  const std::string other = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  const auto wrong = another([&](auto& config) { config.spki_pin = other; });
  const auto refused = wrong->fetch("targets/image", size, Wait::of(60s));
  EXPECT_EQ(code_of(refused), Errc::unreachable);
  EXPECT_EQ(refused.error().what, "the server's key is not the pinned one");
  const auto right = another([&](auto& config) { config.spki_pin = other + ";" + certificates().spki_pin; });
  EXPECT_TRUE(right->fetch("targets/image", size, Wait::of(60s)));
}

TEST_F(MirrorHttp, ShowsItsCertificateWhereOneIsAskedFor) {
  const auto server =
      lobby::TlsServer::start({.certificates = certificates(), .ask_for_client_certificate = true}, web.files)
          .value();
  const auto stranger = another([&](auto& config) { config.url = server->url(); });
  EXPECT_EQ(code_of(stranger->fetch("targets/image", size, Wait::of(60s))), Errc::unreachable);
  const auto known = another([&](auto& config) {
    config.url = server->url();
    config.certificate_file = certificates().client_file;
    config.key_file = certificates().client_key_file;
  });
  EXPECT_TRUE(known->fetch("targets/image", size, Wait::of(60s)));
}

TEST_F(MirrorHttp, RefusesAConfigurationThatCannotWork) {
  const auto refused = [&](auto change) {
    auto config = web.config();
    change(config);
    const auto mirror = drivers::make_mirror_http(config);
    return !mirror && mirror.error().code == Errc::malformed;
  };
  EXPECT_FALSE(refused([](auto& config) { config.url += "/kiosk/"; }));
  EXPECT_TRUE(refused([](auto& config) { config.url = "http://127.0.0.1"; }));
  EXPECT_TRUE(refused([](auto& config) { config.ca_file = "/nowhere/ca.pem"; }));
  EXPECT_TRUE(refused([](auto& config) { config.ca_file = ""; }));
  EXPECT_TRUE(refused([](auto& config) { config.certificate_file = certificates().client_file; }));
  EXPECT_TRUE(refused([](auto& config) { config.spki_pin = "AAAA"; }));
  EXPECT_TRUE(refused([](auto& config) { config.slowest_for = 0s; }));
  EXPECT_TRUE(refused([](auto& config) { config.slowest_bytes_a_second = 0; }));
}

TEST_F(MirrorHttp, FollowsNoRedirect) {
  for (const auto* status : {"301 Moved", "302 Found", "307 Temporary", "308 Permanent"}) {
    answer(web_answer(status, {"Location: " + web.server->url() + "/targets/other"}, ""));
    EXPECT_EQ(code_of(fetch()), Errc::refused);
    EXPECT_EQ(code_of(download()), Errc::refused);
  }
  for (const auto& request : web.server->requests()) EXPECT_EQ(request.path, "/targets/image");
}

// --- documents

TEST_F(MirrorHttp, HandsOnWhatACaptivePortalSaysForOthersToRefuse) {
  answer(web_answer("200 OK", {"Content-Type: text/html"}, "<html>Welcome</html>"));
  EXPECT_EQ(fetch(), "<html>Welcome</html>");
  EXPECT_EQ(code_of(download()), Errc::malformed) << "a file has a length that is signed";
}

TEST_F(MirrorHttp, ReadsNoEndlessDocument) {
  const auto endless = [&](const std::string& head, const std::string& piece) {
    web.server->set_answer([=](const WebRequest&, WebWire& wire) {
      wire.send(head);
      while (wire.send(piece)) {
      }
    });
    const auto fetched = fetch();
    EXPECT_EQ(code_of(fetched), Errc::malformed) << head;
    EXPECT_EQ(code_of(download()), Errc::malformed) << head;
    EXPECT_FALSE(std::filesystem::exists(file));
  };
  const std::string text(8192, ' ');
  endless("HTTP/1.1 200 OK\r\n\r\n", text);
  endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
          fmt::format("{:x}\r\n{}\r\n", text.size(), text));
  endless("HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\n", text);
  endless("HTTP/1.1 200 OK\r\n", "X-More: " + std::string(1000, 'x') + "\r\n");
}

TEST_F(MirrorHttp, TakesNothingThatIsNotHttp) {
  answer("SSH-2.0-OpenSSH_9.2\r\n");
  EXPECT_EQ(code_of(fetch()), Errc::malformed);
  answer("");
  EXPECT_EQ(code_of(fetch()), Errc::unreachable);
  answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot a chunk");
  EXPECT_EQ(code_of(fetch()), Errc::unreachable);
}

TEST_F(MirrorHttp, TakesNothingCompressed) {
  answer(web_answer("200 OK", {"Content-Encoding: gzip"}, "\x1f\x8b\x08"));
  EXPECT_EQ(code_of(fetch()), Errc::malformed);
  EXPECT_EQ(code_of(download()), Errc::malformed);
  EXPECT_EQ(web.server->requests().front().field("accept-encoding"), "identity");
}

TEST_F(MirrorHttp, SaysHowLongItIsAskedToWait) {
  for (const auto* status : {"429 Too Many Requests", "503 Service Unavailable"}) {
    answer(web_answer(status, {"Retry-After: 120"}, "later"));
    EXPECT_EQ(code_of(fetch()), Errc::busy);
    EXPECT_EQ(web.mirror().retry_after(), 120s);
    EXPECT_EQ(code_of(download()), Errc::busy);
    EXPECT_EQ(web.mirror().retry_after(), 120s);
  }
  answer(web_answer("503 Service Unavailable", {"Retry-After: 99999999"}, ""));
  EXPECT_EQ(code_of(fetch()), Errc::busy);
  EXPECT_EQ(web.mirror().retry_after(), 24h);
  answer(web_answer("503 Service Unavailable", {"Retry-After: Sat, 01 Aug 2020 08:00:00 GMT"}, ""));
  EXPECT_EQ(code_of(fetch()), Errc::busy);
  EXPECT_EQ(web.mirror().retry_after(), std::nullopt) << "that is over";
  web.server->set_answer(web.files);
  EXPECT_TRUE(fetch(size));
  EXPECT_EQ(web.mirror().retry_after(), std::nullopt);
}

// --- files, in parts

TEST_F(MirrorHttp, GoesOnWhereItWasCutOff) {
  constexpr std::size_t step = 64 * 1024;
  cut_after(step);
  std::size_t tries = 1;
  for (auto result = download(); !result; result = download(), ++tries) {
    ASSERT_EQ(result.error().code, Errc::unreachable) << result.error().what;
    ASSERT_EQ(there(), tries * step);
    ASSERT_LT(tries, 100);
  }
  EXPECT_EQ(brought(), content);
  EXPECT_EQ(tries, size / step);
  const auto requests = web.server->requests();
  EXPECT_EQ(requests.front().field("range"), "");
  EXPECT_EQ(requests.back().field("range"), fmt::format("bytes={}-", size - step));
  EXPECT_NE(requests.back().field("if-range"), "");
  EXPECT_FALSE(std::filesystem::exists(file.string() + ".etag"));
}

TEST_F(MirrorHttp, GoesOnAfterAReset) {
  web.server->set_answer([&](const WebRequest& request, WebWire& wire) {
    Recorded recorded;
    web.files(request, recorded);
    wire.send(recorded.bytes.substr(0, 100'000));
    wire.reset();
  });
  EXPECT_EQ(code_of(download()), Errc::unreachable);
  web.server->set_answer(web.files);
  ASSERT_TRUE(download());
  EXPECT_EQ(brought(), content);
}

TEST_F(MirrorHttp, GoesOnInAnotherLife) {
  cut_after(300'000);
  EXPECT_EQ(code_of(download()), Errc::unreachable);
  web.server->set_answer(web.files);
  const auto mirror = another([](auto&) {});
  ASSERT_TRUE(download_by(*mirror));
  EXPECT_EQ(brought(), content);
  EXPECT_EQ(web.server->requests().back().field("range"), "bytes=300000-");
}

TEST_F(MirrorHttp, BeginsAnewWhenTheServerHasAnotherFile) {
  cut_after(300'000);
  EXPECT_EQ(code_of(download()), Errc::unreachable);
  const auto other = content_of(size, 2);
  web.put("targets/image", other);
  web.server->set_answer(web.files);
  ASSERT_TRUE(download());
  EXPECT_EQ(brought(), other);
}

TEST_F(MirrorHttp, BeginsAnewWhenTheServerPassesOverTheRange) {
  cut_after(300'000);
  EXPECT_EQ(code_of(download()), Errc::unreachable);
  answer(web_answer("200 OK", {"ETag: \"x\""}, content));
  ASSERT_TRUE(download());
  EXPECT_EQ(brought(), content);
}

TEST_F(MirrorHttp, BeginsAnewWithoutAStrongTag) {
  for (const auto* tag : {"", "ETag: W/\"weak\""}) {
    web.server->set_answer([&](const WebRequest&, WebWire& wire) {
      const std::vector<std::string> lines =
          *tag == '\0' ? std::vector<std::string>() : std::vector<std::string>{tag};
      wire.send(web_answer("200 OK", lines, content).substr(0, 100'000));
      wire.cut();
    });
    EXPECT_EQ(code_of(download()), Errc::unreachable);
    EXPECT_EQ(code_of(download()), Errc::unreachable);
    EXPECT_EQ(web.server->requests().back().field("range"), "");
  }
  web.server->set_answer(web.files);
  ASSERT_TRUE(download());
  EXPECT_EQ(brought(), content);
}

TEST_F(MirrorHttp, BeginsAnewOnceWhenThereIsNoSuchRange) {
  cut_after(300'000);
  EXPECT_EQ(code_of(download()), Errc::unreachable);
  bool first = true;
  web.server->set_answer([&](const WebRequest& request, WebWire& wire) {
    if (std::exchange(first, false)) {
      wire.send(web_answer("416 Range Not Satisfiable", {"Content-Range: bytes */7"}, ""));
    } else {
      web.files(request, wire);
    }
  });
  ASSERT_TRUE(download());
  EXPECT_EQ(brought(), content);
  EXPECT_EQ(web.server->requests().back().field("range"), "");

  const auto before = web.server->requests().size();
  std::filesystem::remove(file);
  cut_after(300'000);
  EXPECT_EQ(code_of(download()), Errc::unreachable);
  answer(web_answer("416 Range Not Satisfiable", {}, ""));
  EXPECT_EQ(code_of(download()), Errc::refused) << "not for ever";
  EXPECT_EQ(web.server->requests().size(), before + 3);
}

TEST_F(MirrorHttp, MixesInNoPartOfAnotherRange) {
  for (const auto& range :
       {fmt::format("bytes 0-{}/{}", size - 1, size), fmt::format("bytes 300000-{}/{}", size - 1, size + 1),
        fmt::format("bytes 300001-{}/{}", size - 1, size), std::string("bytes 300000-300009/*")}) {
    cut_after(300'000);
    EXPECT_EQ(code_of(download()), Errc::unreachable);
    answer(web_answer("206 Partial Content", {"Content-Range: " + range}, content.substr(300'000)));
    EXPECT_EQ(code_of(download()), Errc::malformed) << range;
    EXPECT_FALSE(std::filesystem::exists(file));
  }
}

TEST_F(MirrorHttp, LeavesNothingWhenTheServerLiesAboutALength) {
  answer(web_answer("200 OK", {}, content + "x"));
  EXPECT_EQ(code_of(download()), Errc::malformed);
  answer(web_answer("200 OK", {}, content.substr(1)));
  EXPECT_EQ(code_of(download()), Errc::malformed);
  const auto chunk = [](const std::string& text) { return fmt::format("{:x}\r\n{}\r\n", text.size(), text); };
  const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  answer(chunked + chunk(content) + chunk("x") + "0\r\n\r\n");
  EXPECT_EQ(code_of(download()), Errc::malformed);
  answer(chunked + chunk(content.substr(1)) + "0\r\n\r\n");
  EXPECT_EQ(code_of(download()), Errc::malformed);
  EXPECT_FALSE(std::filesystem::exists(file));
  answer(chunked + chunk(content.substr(0, 1000)) + chunk(content.substr(1000)) + "0\r\n\r\n");
  EXPECT_TRUE(download());
  EXPECT_EQ(brought(), content);
}

TEST_F(MirrorHttp, KeepsWhatCameWhileTheServerIsIll) {
  cut_after(300'000);
  EXPECT_EQ(code_of(download()), Errc::unreachable);
  answer(web_answer("500 Internal Server Error", {}, "<html>sorry</html>"));
  EXPECT_EQ(code_of(download()), Errc::unreachable);
  answer(web_answer("503 Service Unavailable", {"Retry-After: 5"}, "<html>sorry</html>"));
  EXPECT_EQ(code_of(download()), Errc::busy);
  EXPECT_EQ(there(), 300'000U);
}

// --- silence and slowness

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
  const auto full =
      web.mirror().download("targets/image", std::ssize(content), "/dev/full", {}, Wait::of(60s));
  EXPECT_EQ(code_of(full), Errc::storage);
}

}  // namespace
}  // namespace kiosk::testing
