// kiosk-updater: the service that keeps the kiosk's system up to date.

#include <csignal>
#include <iostream>

#include "drivers/catalog.hpp"
#include "drivers/mirror_folder/mirror_folder.hpp"
#include "drivers/upkeep/upkeep.hpp"
#include "firmware/updater/ledger.hpp"
#include "firmware/updater/service/command.hpp"
#include "hal/base/end_signals.hpp"

namespace {

using namespace kiosk;

/// The drivers of a kiosk.
updater::Outfit outfit() {
  return {.server = [](Options& options) { return drivers::make_release_mirror(options); },
          .stick = [](const std::filesystem::path& folder) { return drivers::make_mirror_folder(folder); },
          .store = [](Options& options) { return drivers::make_store(options, updater::schema()); },
          .slots = drivers::make_slots,
          .citizens_side = drivers::make_citizens_side,
          .power = drivers::make_power};
}

}  // namespace

int main(int count, char** values) {
  const auto stop = stopped_by({SIGTERM, SIGINT});
  return updater::updater_command({values + 1, values + count}, outfit(), std::cout, std::cerr,
                                  {.stop = stop});
}
