// kiosk --config FILE

#include <cstdio>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "firmware/app/app.hpp"

int main(int argc, char** argv) {
  CLI::App cli("the self-service kiosk of a real-estate registration hall");
  std::string file = "/etc/kiosk/kiosk.toml";
  bool only_check = false;
  cli.add_option("--config", file, "the configuration file")->capture_default_str();
  cli.add_flag("--check", only_check, "read the configuration, say what is wrong with it, and end");
  CLI11_PARSE(cli, argc, argv);

  auto configuration = kiosk::app::read_configuration(file);
  if (!configuration) {
    fmt::print(stderr, "kiosk: {}\n", configuration.error().what);
    return 2;
  }
  const auto ended =
      only_check ? kiosk::app::check(*configuration) : kiosk::app::run(std::move(*configuration));
  if (!ended) {
    fmt::print(stderr, "kiosk: {}\n", ended.error().what);
    return kiosk::app::exit_status(ended.error());
  }
  return 0;
}
