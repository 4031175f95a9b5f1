#include "drivers/mirror_http/mirror_http.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "drivers/catalog.hpp"
#include "tests/drivers/mirror_http/web.hpp"

namespace kiosk::testing {
namespace {

INSTANTIATE_TYPED_TEST_SUITE_P(Http, ReleaseMirrorConformance, Web);

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
  const auto refused = [&](auto change, Errc code = Errc::malformed) {
    auto config = web.config();
    change(config);
    const auto mirror = drivers::make_mirror_http(config);
    return !mirror && mirror.error().code == code;
  };
  EXPECT_FALSE(refused([](auto& config) { config.url += "/kiosk/"; }));
  EXPECT_TRUE(refused([](auto& config) { config.url = "http://127.0.0.1"; }));
  EXPECT_TRUE(refused([](auto& config) { config.ca_file = "/nowhere/ca.pem"; }, Errc::storage));
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

TEST_F(MirrorHttp, IsMadeByTheCatalog) {
  const auto made = [&](const std::string& pin) {
    Options options("kiosk.toml", "release_mirror", 1,
                    {{"driver", {"mirror_http", 2}},
                     {"url", {web.server->url(), 3}},
                     {"ca_file", {certificates().ca_file, 4}},
                     {"spki_pin", {pin, 5}}});
    return drivers::make_release_mirror(options);
  };
  const auto mirror = made(certificates().spki_pin);
  ASSERT_TRUE(mirror) << mirror.error().what;
  EXPECT_TRUE((*mirror)->fetch("targets/image", size, Wait::of(60s)));
  EXPECT_EQ(made("AAAA").error().what, "kiosk.toml:5: [release_mirror] spki_pin: must begin with sha256//");
}

}  // namespace
}  // namespace kiosk::testing
