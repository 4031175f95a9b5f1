// kiosk --config FILE

#include <cstdio>
#include <filesystem>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "firmware/app/app.hpp"
#include "firmware/app/not_ready.hpp"

namespace {

using namespace kiosk;

constexpr int wrong_settings = 2;

int status_of(const Result<void>& ended) {
  if (ended) return 0;
  fmt::print(stderr, "kiosk: {}\n", ended.error().what);
  return app::exit_status(ended.error());
}

int begin(const std::string& file, bool only_check) {
  auto configuration = app::read_configuration(file);
  if (!configuration) {
    fmt::print(stderr, "kiosk: {}\n", configuration.error().what);
    return wrong_settings;
  }
  return status_of(only_check ? app::check(*configuration) : app::run(std::move(*configuration)));
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App cli("the self-service kiosk of a real-estate registration hall");
  std::string file = "/etc/kiosk/kiosk.toml";
  std::string set_up;
  bool only_check = false;
  cli.add_option("--config", file, "the configuration file")->capture_default_str();
  cli.add_flag("--check", only_check, "read the configuration, say what is wrong with it, and end");
  cli.add_option("--set-up", set_up,
                 "stay on the glass without a configuration, or with a wrong one, and tell what this folder "
                 "says of setting up the machine");
  CLI11_PARSE(cli, argc, argv);

  if (!set_up.empty() && !std::filesystem::exists(file)) return status_of(app::stand_not_ready(set_up, ""));
  const int status = begin(file, only_check);
  if (status != wrong_settings || set_up.empty() || only_check) return status;
  // Starting it again would not help: better a page that says so than a glass that stays dark.
  return status_of(app::stand_not_ready(set_up, "settings"));
}
