// kiosk --config FILE

#include <cstdio>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "firmware/app/app.hpp"
#include "firmware/app/not_ready.hpp"

namespace {

using namespace kiosk;

Result<void> begin(const std::string& file, bool only_check) {
  auto configuration = TRY(app::read_configuration(file));
  return only_check ? app::check(configuration) : app::run(std::move(configuration));
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

  const bool is_new = !set_up.empty() && !std::filesystem::exists(file);
  auto ended = is_new ? app::stand_not_ready(set_up, "") : begin(file, only_check);
  if (ended) return 0;
  fmt::print(stderr, "kiosk: {}\n", ended.error().what);
  const int status = app::exit_status(ended.error());
  if (status != 2 || set_up.empty() || is_new || only_check) return status;
  // Starting it again would not help: better a page that says so than a glass that stays dark.
  ended = app::stand_not_ready(set_up, "settings");
  if (!ended) fmt::print(stderr, "kiosk: {}\n", ended.error().what);
  return ended ? 0 : 1;
}
