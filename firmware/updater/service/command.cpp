#include "firmware/updater/service/command.hpp"

#include <functional>
#include <ostream>

#include <CLI/CLI.hpp>

#include "firmware/updater/service/report.hpp"
#include "firmware/updater/service/service.hpp"

namespace kiosk::updater {
namespace {

constexpr const char* footer =
    "Exit status: 0 done (for stick: the machine restarts, or nothing newer is on the stick)\n"
    "             1 refused or failed: the last line says why\n"
    "             2 the arguments or the configuration are wrong\n"
    "             3 another one is at work: try again later\n"
    "stick and status write one JSON value a line. The service and a stick never work at the same time: a "
    "stick\n"
    "waits up to a minute for the service to finish its step, and goes before its downloads.";

enum Status { done = 0, refused = 1, wrong = 2, busy = 3 };

int status_of(const Error& error) {
  return error.code == Errc::busy ? busy : refused;
}

/// What the arguments say.
struct Asked {
  std::string config = "/etc/kiosk/updater.toml";
  std::string stick;
  bool alone = false;
};

Result<void> check_mirror(Configuration configuration, const Outfit& outfit) {
  TRY(outfit.server(configuration.release_mirror));
  return {};
}

Result<int> say_status(Configuration configuration, const Outfit& outfit, std::ostream& out,
                       const Wait& wait) {
  const auto store = TRY(outfit.store(configuration.store));
  const auto state = TRY(Ledger(*store).state());
  std::optional<hal::SlotsState> now;
  if (const auto slots = outfit.slots(configuration.slots)) {
    if (const auto looked = (*slots)->look(wait)) now = *looked;
  }
  out << status_json(state, now).dump() << "\n";
  return done;
}

Result<int> use_stick(const Asked& asked, const Configuration& configuration, const Outfit& outfit,
                      std::ostream& out, const Wait& wait) {
  const Say say = [&](const update::Json& line) { out << line.dump() << std::endl; };
  const auto outcome = install_from(asked.stick, configuration, outfit, say, wait);
  if (!outcome) {
    say({{"event", "outcome"}, {"outcome", name_of(outcome.error().code)}, {"reason", outcome.error().what}});
    return std::unexpected(outcome.error());
  }
  return *outcome == Outcome::none || *outcome == Outcome::succeeded ? done : refused;
}

}  // namespace

int updater_command(const std::vector<std::string>& arguments, const Outfit& outfit, std::ostream& out,
                    std::ostream& errors, const Wait& wait) {
  CLI::App app("keeps a kiosk's system up to date", "kiosk-updater");
  app.require_subcommand(1);
  app.footer(footer);
  Asked asked;
  app.add_option("--config", asked.config, "the configuration file")->capture_default_str();
  auto* run = app.add_subcommand("run", "the service: looks for releases and installs them at night");
  auto* check = app.add_subcommand("check", "read the configuration, say what is wrong with it, and end");
  check->add_flag("--alone", asked.alone, "the file itself, and not the files that it names");
  auto* status =
      app.add_subcommand("status", "what runs, what is under way, and what became of earlier updates");
  auto* stick = app.add_subcommand("stick", "install what a stick brings, now");
  stick->add_option("path", asked.stick, "the folder with metadata/ and targets/")->required();
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    return app.exit(error, out, errors) == 0 ? done : wrong;
  }

  const auto complain = [&](const Error& error, int exit_status) {
    errors << "kiosk-updater: " << error.what << "\n";
    return exit_status;
  };
  auto configuration = read_configuration(asked.config);
  if (!configuration) return complain(configuration.error(), wrong);
  if (check->parsed() && asked.alone) return done;
  if (check->parsed()) {
    const auto sound = check_mirror(*configuration, outfit);
    return sound ? done : complain(sound.error(), wrong);
  }

  Result<int> ended = done;
  if (status->parsed()) {
    ended = say_status(*std::move(configuration), outfit, out, wait);
  } else {
    if (const auto shipped = read_shipped(*configuration); !shipped) return complain(shipped.error(), wrong);
    if (stick->parsed()) ended = use_stick(asked, *configuration, outfit, out, wait);
    if (run->parsed()) {
      const auto served = serve(*std::move(configuration), outfit, wait);
      if (!served) return complain(served.error(), served.error().code == Errc::malformed ? wrong : refused);
    }
  }
  return ended ? *ended : complain(ended.error(), status_of(ended.error()));
}

}  // namespace kiosk::updater
