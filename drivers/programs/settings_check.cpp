#include "drivers/programs/settings_check.hpp"

#include "drivers/programs/run.hpp"

namespace kiosk::drivers {
namespace {

namespace fs = std::filesystem;

Result<void> ask(std::vector<std::string> command) {
  const auto name = command[0];
  const auto status = TRY(run_program(std::move(command)));
  if (status != 0) return fail(Errc::refused, name + " cannot work with these settings");
  return {};
}

}  // namespace

Result<void> check_settings(const fs::path& settings, const CheckedBy& by) {
  TRY(ask({by.programs / "kiosk", "--check", "--config", settings / "kiosk.toml"}));
  if (const auto updater = settings / "updater.toml"; fs::exists(updater)) {
    TRY(ask({by.programs / "kiosk-updater", "--config", updater, "check", "--alone"}));
  }
  // One wrong line, and nothing would be let out, or no device in: not even the stick that mends it.
  if (const auto peers = settings / "peers.nft"; fs::exists(peers)) {
    TRY(ask({by.firewall, "--check", "--includepath", settings, "--file", by.firewall_rules}));
  }
  if (!fs::exists(settings / "usb.d")) return {};
  for (const auto& rules : fs::directory_iterator(settings / "usb.d")) {
    TRY(ask({by.programs / "usbguard-rule-parser", "--file", rules.path()}));
  }
  return {};
}

}  // namespace kiosk::drivers
