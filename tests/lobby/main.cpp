// lobby: the hall around one kiosk, with a web page to play with it; or, with --play, a pair of hands that
// does.

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <poll.h>
#include <sys/signalfd.h>

#include "hal/base/log.hpp"
#include "tests/lobby/hall/hall.hpp"
#include "tests/lobby/player/player.hpp"
#include "tests/lobby/web/server.hpp"

namespace kiosk::lobby {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

struct Orders {
  std::string kiosk;      ///< the program kiosk-glass
  std::string page;       ///< folder of the web page
  std::string scenarios;  ///< folder of the scenarios
  std::string play;       ///< name of one; empty: open the web page
  std::string out;        ///< where its pictures go
  std::uint16_t port = 0;
  int registry_delay = 0;
  bool window = false;
  bool fast = false;
};

/// A folder for one run, gone with it.
class RunFolder {
 public:
  RunFolder() : path_((fs::temp_directory_path() / "lobby-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) path_.clear();
  }
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;
  ~RunFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// SIGINT and SIGTERM as a stop token, from the start of the program on.
class EndSignals {
 public:
  EndSignals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    fd_ = Fd(::signalfd(-1, &set, SFD_CLOEXEC));
    watcher_ = std::jthread([this](const std::stop_token& stop) {
      if (poll_fd(fd_.get(), POLLIN, Wait{.stop = stop})) ended_.request_stop();
    });
  }
  std::stop_token token() const { return ended_.get_token(); }

 private:
  Fd fd_;
  std::stop_source ended_;
  std::jthread watcher_;
};

int complain(const Error& error) {
  fmt::print(stderr, "lobby: {}\n", error.what);
  return 1;
}

/// The end of the kiosk's log: why it did not do what was expected.
void show_log(const fs::path& path) {
  std::ifstream log(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(log), {});
  fmt::print(stderr, "{}", text.substr(text.size() - std::min<std::size_t>(text.size(), 3000)));
}

Result<void> play(Hall& hall, const Orders& orders, const std::stop_token& stop) {
  const auto scenario = TRY(read_scenario(orders.scenarios, orders.play));
  fs::create_directories(orders.out);
  Player player(hall.glass(), hall.stations(), orders.out);
  TRY(hall.start_kiosk());
  auto played = player.play(scenario, Wait::of(300s, stop));
  player.collect();
  return played;
}

Result<void> open_page(Hall& hall, const Orders& orders, const std::stop_token& stop) {
  auto server = TRY(WebServer::start(orders.page, orders.port, hall.glass(), hall.stations()));
  TRY(hall.start_kiosk());
  fmt::print("{}\n", server->address());
  std::fflush(stdout);
  (void)Wait{.stop = stop}.sleep(std::chrono::hours(24 * 365));
  return {};
}

int run(const Orders& orders) {
  const EndSignals signals;  // before any thread: they inherit what is blocked
  log::set_level(log::Level::error);
  const RunFolder folder;
  auto hall = Hall::open({.folder = folder.path(),
                          .kiosk = orders.kiosk,
                          .display = orders.window ? "window" : "offscreen",
                          .real_speed = !orders.fast,
                          .registry_delay = std::chrono::milliseconds(orders.registry_delay)});
  if (!hall) return complain(hall.error());
  const auto done = orders.play.empty() ? open_page(**hall, orders, signals.token())
                                        : play(**hall, orders, signals.token());
  if (done) return 0;
  if (!orders.play.empty()) show_log((*hall)->log_file());
  return complain(done.error());
}

}  // namespace
}  // namespace kiosk::lobby

int main(int argc, char** argv) {
  CLI::App cli("the simulated hall around one kiosk");
  kiosk::lobby::Orders orders;
  bool list = false;
  cli.add_option("--kiosk", orders.kiosk, "the program kiosk-glass");
  cli.add_option("--page", orders.page, "folder of the web page");
  cli.add_option("--scenarios", orders.scenarios, "folder of the scenarios");
  cli.add_option("--play", orders.play, "play this scenario, and end");
  cli.add_option("--out", orders.out, "where its pictures and papers go");
  cli.add_option("--port", orders.port, "of the web page; 0: a free one");
  cli.add_option("--registry-delay", orders.registry_delay,
                 "milliseconds before each of the registry's answers");
  cli.add_flag("--window", orders.window, "the kiosk opens a window too");
  cli.add_flag("--fast", orders.fast, "devices without the speed limits of real ones");
  cli.add_flag("--list", list, "the names of the scenarios");
  CLI11_PARSE(cli, argc, argv);
  if (list) {
    for (const auto& name : kiosk::lobby::scenario_names(orders.scenarios)) fmt::print("{}\n", name);
    return 0;
  }
  return kiosk::lobby::run(orders);
}
