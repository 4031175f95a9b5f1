// The whole way: a web server, TLS, the real mirror, the real store. Every request of a round goes wrong
// once, in every way a line knows, and the next round ends well.

#include <set>

#include <gtest/gtest.h>
#include <unistd.h>

#include "drivers/mirror_http/mirror_http.hpp"
#include "drivers/sqlite/sqlite.hpp"
#include "firmware/update/download.hpp"
#include "hal/base/file.hpp"
#include "tests/firmware/update/repository.hpp"
#include "tests/lobby/mirror/static_files.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::update {
namespace {

using namespace std::chrono_literals;
using lobby::web_answer;
using lobby::WebRequest;
using lobby::WebWire;

/// Goes wrong in one way; `honest` is what a right answer would be.
struct Trouble {
  const char* name;
  std::set<Errc> codes;  ///< a document's or the bundle's
  void (*answer)(WebWire& wire, const lobby::WebAnswer& honest, const WebRequest& request);
};

const std::vector<Trouble>& troubles() {
  static const std::vector<Trouble> all{
      {"cut before a word", {Errc::unreachable}, [](WebWire& wire, const auto&, const auto&) { wire.cut(); }},
      {"reset", {Errc::unreachable}, [](WebWire& wire, const auto&, const auto&) { wire.reset(); }},
      {"cut in the middle",
       {Errc::unreachable, Errc::malformed},
       [](WebWire& wire, const auto&, const auto&) {
         wire.send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"signed\":");
         wire.cut();
       }},
      {"captive portal",
       {Errc::malformed, Errc::refused},
       [](WebWire& wire, const auto&, const auto&) {
         wire.send(web_answer("200 OK", {}, "<html>Welcome</html>"));
       }},
      {"captive portal's redirect",
       {Errc::refused},
       [](WebWire& wire, const auto&, const auto&) {
         wire.send(web_answer("302 Found", {"Location: https://portal.invalid/"}, ""));
       }},
      {"overload",
       {Errc::busy},
       [](WebWire& wire, const auto&, const auto&) {
         wire.send(web_answer("503 Service Unavailable", {"Retry-After: 30"}, "later"));
       }},
      {"server fault",
       {Errc::unreachable},
       [](WebWire& wire, const auto&, const auto&) { wire.send(web_answer("500 Oops", {}, "")); }},
      {"compressed",
       {Errc::malformed},
       [](WebWire& wire, const auto&, const auto&) {
         wire.send(web_answer("200 OK", {"Content-Encoding: gzip"}, "\x1f\x8b"));
       }},
      {"endless",
       {Errc::malformed},
       [](WebWire& wire, const auto&, const auto&) {
         wire.send("HTTP/1.1 200 OK\r\n\r\n");
         while (wire.send(std::string(8192, ' '))) {
         }
       }},
  };
  return all;
}

struct Line : ::testing::Test {
  Line() {
    repository.release("os/kiosk.raucb", bundle, custom(2));
    repository.publish(memory);
    memory.files["targets/os/" + sha256_hex(bundle) + ".kiosk.raucb"] = bundle;
    for (const auto& [path, text] : memory.files) {
      std::filesystem::create_directories((folder / "web" / path).parent_path());
      EXPECT_TRUE(replace_file(folder / "web" / path, text));
    }
  }

  /// Refresh, choice and download, as the updater does.
  Result<void> round(hal::Store& store) {
    TrustedStore trusted(store);
    const auto root = memory.files.at("metadata/1.root.json");
    const auto released = TRY(
        refresh(*mirror, trusted, {.shipped_root = root, .now = *read_time("2026-08-01T08:00:00Z")}, wait()));
    const auto release =
        TRY(release_for({.compatible = "kiosk-x86", .secver = 1, .data_schema = 3}, released));
    if (!release) return fail(Errc::internal, "no release");
    return download(*mirror, mirror_path(released.root, release->path, release->target), release->target,
                    folder / "bundle", {}, wait());
  }
  static Wait wait() { return Wait::of(60s); }
  std::unique_ptr<hal::Store> new_store(const std::string& name) {
    return drivers::make_sqlite(folder / name, PersonalBytes(Bytes(32, 7)), schema()).value();
  }

  testing::TemporaryFolder folder;
  std::string bundle = std::string(300'000, 'x') + "the end";
  Repository repository;
  testing::FakeReleaseMirror memory;
  lobby::Certificates certificates = lobby::make_certificates((folder / "certificates").string()).value();
  lobby::WebAnswer honest = lobby::static_files(folder / "web");
  std::unique_ptr<lobby::TlsServer> server =
      lobby::TlsServer::start({.certificates = certificates}, honest).value();
  std::unique_ptr<hal::ReleaseMirror> mirror =
      drivers::make_mirror_http({.url = server->url(), .ca_file = certificates.ca_file}).value();
};

TEST_F(Line, BringsARelease) {
  const auto store = new_store("store.db");
  const auto brought = round(*store);
  ASSERT_TRUE(brought) << brought.error().what;
  EXPECT_EQ(read_file(folder / "bundle", 1 << 20), bundle);
}

TEST_F(Line, HealsAfterEveryTroubleAtEveryRequest) {
  constexpr int requests = 5;  // 2.root.json, which is not there; timestamp, snapshot, targets; the bundle
  for (const auto& trouble : troubles()) {
    for (int n = 0; n < requests; ++n) {
      const auto store = new_store(std::string(trouble.name) + std::to_string(n));
      std::filesystem::remove(folder / "bundle");
      int asked = 0;
      server->set_answer([&](const WebRequest& request, WebWire& wire) {
        if (asked++ == n) {
          trouble.answer(wire, honest, request);
        } else {
          honest(request, wire);
        }
      });
      const auto disturbed = round(*store);
      EXPECT_FALSE(disturbed) << trouble.name << " at request " << n;
      if (!disturbed) {
        EXPECT_TRUE(trouble.codes.contains(disturbed.error().code))
            << trouble.name << " at " << n << ": " << disturbed.error().what;
      }
      const auto healed = round(*store);
      EXPECT_TRUE(healed) << trouble.name << " at request " << n << ": " << healed.error().what;
      EXPECT_EQ(read_file(folder / "bundle", 1 << 20), bundle);
    }
  }
}

TEST_F(Line, HealsWhenAPowerCutLeftOtherBytesInAPart) {
  const auto store = new_store("store.db");
  server->set_answer([&](const WebRequest& request, WebWire& wire) {
    if (request.path.find("/targets/") != 0) return honest(request, wire);
    wire.send("HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: " + std::to_string(bundle.size()) +
              "\r\n\r\n");
    wire.send(std::string_view(bundle).substr(0, 100'000));
    wire.cut();
  });
  EXPECT_EQ(round(*store).error().code, Errc::unreachable);
  // The file system knew the length already, and not yet the bytes.
  ASSERT_EQ(::truncate((folder / "bundle").c_str(), 50'000), 0);
  ASSERT_EQ(::truncate((folder / "bundle").c_str(), 100'000), 0);
  server->set_answer([&](const WebRequest& request, WebWire& wire) {
    if (request.field("range").empty()) return honest(request, wire);
    wire.send("HTTP/1.1 206 Partial Content\r\nETag: \"a\"\r\nContent-Range: bytes 100000-" +
              std::to_string(bundle.size() - 1) + "/" + std::to_string(bundle.size()) + "\r\n\r\n");
    wire.send(std::string_view(bundle).substr(100'000));
  });
  const auto mixed = round(*store);
  ASSERT_FALSE(mixed);
  EXPECT_EQ(mixed.error().code, Errc::malformed);
  EXPECT_TRUE(mixed.error().what.ends_with("not the file that was signed, deleted")) << mixed.error().what;
  EXPECT_TRUE(round(*store));
  EXPECT_EQ(read_file(folder / "bundle", 1 << 20), bundle);
}

}  // namespace
}  // namespace kiosk::update
