#include <filesystem>
#include <thread>

#include <gtest/gtest.h>
#include <httplib.h>
#include <unistd.h>

#include "tests/lobby/glass/lobby_glass.hpp"
#include "tests/lobby/tests/plain_display.hpp"
#include "tests/lobby/web/server.hpp"

namespace kiosk::lobby {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

/// Takes the stream's bytes apart.
struct Messages {
  std::string bytes;
  std::vector<std::pair<char, std::string>> whole;

  void take(std::string_view more) {
    bytes += more;
    while (bytes.size() >= 5) {
      std::size_t length = 0;
      for (std::size_t i = 1; i < 5; ++i) length = length << 8U | static_cast<unsigned char>(bytes[i]);
      if (bytes.size() < 5 + length) return;
      whole.emplace_back(bytes[0], bytes.substr(5, length));
      bytes.erase(0, 5 + length);
    }
  }
  const std::string* first(char kind) const {
    for (const auto& [letter, content] : whole) {
      if (letter == kind) return &content;
    }
    return nullptr;
  }
};

class Web : public testing::Test {
 protected:
  Web() {
    stations.add({.name = "printer",
                  .knobs = {switch_knob("cover", [this](bool open) { cover_open = open; })},
                  .state = [this] { return json{{"cover", cover_open.load()}}; },
                  .exhibit = [](const std::string& name) -> std::optional<Exhibit> {
                    if (name != "1.png") return std::nullopt;
                    return Exhibit{"image/png", {1, 2, 3}};
                  }});
    auto display = std::make_unique<PlainDisplay>();
    plain = display.get();
    glass = std::make_unique<LobbyGlass>(std::move(display), socket);
    const auto page = std::filesystem::path(std::getenv("KIOSK_SOURCE")) / "tests/lobby/page";
    server = WebServer::start(page, 0, view, stations).value();
    client = std::make_unique<httplib::Client>(server->address().substr(0, server->address().size() - 1));
    client->set_read_timeout(20s);
  }

  /// Everything the stream says until `enough`.
  Messages follow(const std::function<bool(const Messages&)>& enough) {
    Messages messages;
    const auto give_up = Steady::now() + 20s;
    client->Get("/stream", [&](const char* bytes, std::size_t count) {
      messages.take({bytes, count});
      return !enough(messages) && Steady::now() < give_up;
    });
    return messages;
  }

  std::string socket = testing::TempDir() + "web-" + std::to_string(::getpid()) + ".sock";
  GlassView view{socket};
  Stations stations;
  std::atomic<bool> cover_open = false;
  PlainDisplay* plain = nullptr;
  std::unique_ptr<LobbyGlass> glass;
  std::unique_ptr<WebServer> server;
  std::unique_ptr<httplib::Client> client;
};

TEST_F(Web, ServesThePageAndNothingOutsideOfIt) {
  EXPECT_NE(client->Get("/")->body.find("<canvas"), std::string::npos);
  EXPECT_EQ(client->Get("/lobby.js")->get_header_value("Content-Type"), "text/javascript; charset=utf-8");
  for (const auto* path :
       {"/nothing.html", "/../main.cpp", "/%2e%2e/main.cpp", "/..", "//etc/passwd", "/page/x.js"})
    EXPECT_EQ(client->Get(path)->status, 404) << path;
}

TEST_F(Web, AnswersOnlyWhoCameByItsOwnAddress) {
  for (const auto* host : {"kiosk.example", "127.0.0.1", "127.0.0.1:1", "evil.example:80"})
    EXPECT_EQ(client->Get("/", {{"Host", host}})->status, 403) << host;
  const auto port = server->address().substr(std::string("http://127.0.0.1:").size());
  EXPECT_EQ(client->Get("/", {{"Host", "localhost:" + port.substr(0, port.size() - 1)}})->status, 200);
}

TEST_F(Web, LetsNoOtherPageTouchTheGlass) {
  for (const auto* origin : {"http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"})
    EXPECT_EQ(client->Post("/input", {{"Origin", origin}}, "[]", "text/plain")->status, 403) << origin;
  EXPECT_EQ(client->Get("/stream", {{"Sec-Fetch-Site", "cross-site"}})->status, 403);
  EXPECT_EQ(client->Post("/input", "[]", "application/json")->status, 200);
}

TEST_F(Web, TurnsKnobs) {
  const auto turn = [&](const std::string& body) {
    return client->Post("/turn", body, "application/json")->status;
  };
  EXPECT_EQ(turn(R"({"station":"printer","knob":"cover","value":"on"})"), 200);
  EXPECT_TRUE(cover_open);
  for (const auto* wrong :
       {"", "{", "[]", "{}", R"({"station":"printer","knob":"cover","value":"ajar"})",
        R"({"station":"printer","knob":"lid","value":"on"})",
        R"({"station":"fax","knob":"cover","value":"on"})", R"({"station":3,"knob":null,"value":[]})"})
    EXPECT_EQ(turn(wrong), 409) << wrong;
  EXPECT_TRUE(cover_open);
}

TEST_F(Web, ShowsExhibits) {
  EXPECT_EQ(client->Get("/exhibit/printer/1.png")->body, "\1\2\3");
  EXPECT_EQ(client->Get("/exhibit/printer/2.png")->status, 404);
  EXPECT_EQ(client->Get("/exhibit/fax/1.png")->status, 404);
}

TEST_F(Web, BringsFingersToTheKiosk) {
  EXPECT_EQ(
      client
          ->Post("/input", R"([{"touch":"down","finger":0,"x":3,"y":4},{"key":"help"}])", "application/json")
          ->status,
      200);
  std::vector<hal::InputEvent> events;
  const auto until = Steady::now() + 20s;
  while (events.size() < 2 && Steady::now() < until) {
    if (const auto event = glass->next_event(until)) events.push_back(*event);
  }
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(std::get<hal::Touch>(events[0]).y, 4);
  EXPECT_EQ(std::get<hal::KeyPress>(events[1]).key, hal::KeyPress::Key::help);
  for (const auto* wrong : {"", "{}", "[3]", R"([{"touch":"poke"}])", R"([null])"})
    EXPECT_EQ(client->Post("/input", wrong, "application/json")->status, 400) << wrong;
}

TEST_F(Web, StreamsTheGlassAndTheHall) {
  screens::Layout page;
  page.name = "home";
  page.title = "您要办什么？";
  plain->fill(0xff8800);
  const hal::DotRect all{0, 0, 60, 40};
  ASSERT_TRUE(glass->present({&all, 1}));
  glass->show_page(page);
  const auto messages = follow([](const Messages& seen) { return seen.first('P') && seen.first('S'); });
  ASSERT_TRUE(messages.first('G') && messages.first('P') && messages.first('S'));
  EXPECT_EQ(json::parse(*messages.first('S')).dump(), R"({"printer":{"cover":false}})");
  const auto& picture = *messages.first('P');
  EXPECT_EQ(picture.substr(0, 8), std::string("\0\0\0\0\0\x3c\0\x28", 8));
  EXPECT_EQ(picture.substr(8, 4), "\x89PNG");
}

TEST_F(Web, StreamsWhatChangesLater) {
  bool turned = false;
  const auto messages = follow([&](const Messages& seen) {
    if (seen.first('S') && !turned) turned = cover_open = true;
    return turned && seen.whole.back().second.find("true") != std::string::npos;
  });
  EXPECT_EQ(messages.whole.back().second, R"({"printer":{"cover":true}})");
}

TEST_F(Web, EndsWhileSomebodyIsWatching) {
  std::thread ender;
  follow([&](const Messages&) {
    if (!ender.joinable()) ender = std::thread([&] { server.reset(); });
    return false;
  });
  ender.join();
  EXPECT_FALSE(server) << "or the test would hang";
}

}  // namespace
}  // namespace kiosk::lobby
