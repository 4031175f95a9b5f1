// kiosk-glass --config FILE --glass SOCKET: the kiosk, with a glass that a lobby sees and touches.

#include <cstdio>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "firmware/app/app.hpp"
#include "tests/lobby/glass/lobby_glass.hpp"

int main(int argc, char** argv) {
  CLI::App cli("the kiosk, with a glass that a lobby sees and touches");
  std::string file;
  std::string socket;
  cli.add_option("--config", file, "the configuration file")->required();
  cli.add_option("--glass", socket, "where the lobby listens")->required();
  CLI11_PARSE(cli, argc, argv);

  auto configuration = kiosk::app::read_configuration(file);
  if (!configuration) {
    fmt::print(stderr, "kiosk-glass: {}\n", configuration.error().what);
    return 2;
  }
  kiosk::lobby::LobbyGlass* glass = nullptr;
  const kiosk::app::Hooks hooks{
      .wrap_display =
          [&](std::unique_ptr<kiosk::hal::Display> display) {
            auto wrapped = std::make_unique<kiosk::lobby::LobbyGlass>(std::move(display), socket);
            glass = wrapped.get();
            return wrapped;
          },
      .on_layout = [&](const kiosk::screens::Layout& page) { glass->show_page(page); }};
  const auto ended = kiosk::app::run(std::move(*configuration), hooks);
  if (ended) return 0;
  fmt::print(stderr, "kiosk-glass: {}\n", ended.error().what);
  return kiosk::app::exit_status(ended.error());
}
