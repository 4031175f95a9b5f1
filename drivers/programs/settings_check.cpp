#include "drivers/programs/settings_check.hpp"

#include "drivers/programs/run.hpp"

namespace kiosk::drivers {

namespace fs = std::filesystem;

Result<void> check_settings(const fs::path& settings, const fs::path& folder) {
  const auto ask = [](std::vector<std::string> command) -> Result<void> {
    const auto name = command[0];
    const auto status = TRY(run_program(std::move(command)));
    if (status != 0) return fail(Errc::refused, name + " cannot work with these settings");
    return {};
  };
  TRY(ask({folder / "kiosk", "--check", "--config", settings / "kiosk.toml"}));
  if (const auto updater = settings / "updater.toml"; fs::exists(updater))
    TRY(ask({folder / "kiosk-updater", "--config", updater, "check", "--alone"}));
  return {};
}

}  // namespace kiosk::drivers
