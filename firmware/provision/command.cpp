#include "firmware/provision/command.hpp"

#include <chrono>
#include <string>

#include "firmware/provision/progress.hpp"
#include "hal/base/log.hpp"

namespace kiosk::provision {
namespace {

using namespace std::chrono_literals;

void wait_until_pulled(const hal::Stick& stick, const Wait& wait) {
  while (stick.plugged_in() && wait.sleep(500ms)) {
  }
}

}  // namespace

int provision_command(hal::Stick& stick, Machine& machine, hal::Power& power,
                      const std::filesystem::path& progress, const Wait& wait) {
  constexpr auto a_while = 60s;
  write_stick_progress(progress, "reading");
  const auto taken = take(stick, machine);
  if (!taken) {
    log::warning("provision", "a stick was refused",
                 {{"why", name_of(taken.error().why)}, {"what", taken.error().what}});
    write_stick_progress(progress, "refused." + std::string(name_of(taken.error().why)));
    wait_until_pulled(stick, wait);
    write_stick_progress(progress, "");
    return 1;
  }
  const bool settings = *taken == What::settings;
  log::info("provision", settings ? "new settings were taken" : "the data open again");
  write_stick_progress(progress, settings ? "settings_taken" : "data_opened");
  wait_until_pulled(stick, wait.at_most(a_while));
  if (const auto asked = power.restart(); !asked)
    log::error("provision", "the machine does not restart", {{"what", asked.error().what}});
  return 0;
}

}  // namespace kiosk::provision
