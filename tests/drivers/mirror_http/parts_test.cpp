// Files that come in parts: cut lines, other files under the same name, and servers that lie about what they
// send.

#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/drivers/mirror_http/web.hpp"

namespace kiosk::testing {
namespace {

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

}  // namespace
}  // namespace kiosk::testing
