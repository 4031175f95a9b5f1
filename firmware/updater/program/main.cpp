// kiosk-updater: the service that keeps the kiosk's system up to date.

#include <csignal>
#include <iostream>
#include <thread>

#include "drivers/catalog.hpp"
#include "drivers/mirror_folder/mirror_folder.hpp"
#include "drivers/upkeep/upkeep.hpp"
#include "firmware/updater/ledger.hpp"
#include "firmware/updater/service/command.hpp"

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
  // Signals are taken by a thread of their own, which is there before all others and so keeps them from
  // these.
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);
  std::stop_source stop;
  std::thread([ending, stop]() mutable {
    int signal = 0;
    if (sigwait(&ending, &signal) == 0) stop.request_stop();
  }).detach();
  return updater::updater_command({values + 1, values + count}, outfit(), std::cout, std::cerr,
                                  {.stop = stop.get_token()});
}
