#pragma once
// A web server with releases, and the driver under test that looks at it.

#include <filesystem>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "drivers/mirror_http/mirror_http.hpp"
#include "tests/lobby/mirror/static_files.hpp"
#include "tests/support/release_mirror_conformance.hpp"

namespace kiosk::testing {

using namespace std::chrono_literals;
using lobby::web_answer;
using lobby::WebRequest;
using lobby::WebWire;

/// The city's authority, with a server and a kiosk.
inline const lobby::Certificates& certificates() {
  static const TemporaryFolder folder;
  static const auto certificates = lobby::make_certificates(folder.path().string()).value();
  return certificates;
}

/// Another authority's.
inline const lobby::Certificates& strangers() {
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

inline Errc code_of(const auto& result) {
  EXPECT_FALSE(result);
  return result ? Errc::internal : result.error().code;
}

/// A mirror with one file of a megabyte.
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

}  // namespace kiosk::testing
