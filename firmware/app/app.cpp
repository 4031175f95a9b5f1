#include "firmware/app/app.hpp"

#include <csignal>
#include <thread>

#include <malloc.h>
#include <poll.h>
#include <sys/signalfd.h>

#include "firmware/app/archive.hpp"
#include "firmware/app/glass.hpp"
#include "firmware/app/machine.hpp"
#include "firmware/app/outside.hpp"
#include "firmware/services/desk.hpp"
#include "hal/base/fd.hpp"
#include "hal/base/log.hpp"

namespace kiosk::app {

namespace {

/// Freed memory is overwritten at once: what a library kept of a citizen does not outlive its buffer (UX
/// #36).
void wipe_freed_memory() {
  ::mallopt(M_PERTURB, 0xA5);
}

/// SIGTERM and SIGINT end the glass's loop. Signals are blocked before any thread starts, and read from a
/// descriptor.
class EndSignals {
 public:
  EndSignals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    fd_ = Fd(::signalfd(-1, &set, SFD_CLOEXEC));
  }

  std::jthread watch(Glass& glass) const {
    return std::jthread([&glass, fd = fd_.get()](const std::stop_token& stop) {
      if (poll_fd(fd, POLLIN, Wait{.stop = stop})) glass.stop();
    });
  }

 private:
  Fd fd_;
};

/// All services closed for one reason: before any device was asked, or while the records cannot be kept.
std::vector<screens::ServiceTile> all_closed(const Options::Texts& services, screens::Closed why) {
  std::vector<screens::ServiceTile> tiles;
  for (const auto& id : services) tiles.push_back({.id = id, .closed = why});
  return tiles;
}

/// A disk that is full or read-only may be mended while the kiosk stands there. Until then it says that it is
/// closed, and where else, and looks again. nullptr: it was told to end.
Result<std::unique_ptr<Archive>> stand_closed(Configuration& configuration, const Clock& clock, Glass& glass,
                                              const EndSignals& signals) {
  constexpr auto look_again = std::chrono::seconds(5);
  glass.post(shell::Offer{.services = all_closed(configuration.services, screens::Closed::maintenance),
                          .out_of_service = true});
  Result<std::unique_ptr<Archive>> archive = nullptr;
  const auto ends = signals.watch(glass);
  std::jthread looking([&](const std::stop_token& stop) {
    while (Wait{.stop = stop}.sleep(look_again)) {
      auto opened = Archive::open(configuration, clock);
      if (!opened && opened.error().code == Errc::storage) continue;
      archive = std::move(opened);
      return glass.stop();
    }
  });
  const auto shown = glass.run([&glass](const shell::Effect& effect) {
    // Nobody can be called: a call would have to be kept.
    if (std::holds_alternative<shell::CallStaff>(effect)) glass.post(shell::StaffCall{.placed = false});
  });
  looking.request_stop();
  looking.join();
  TRY(shown);
  return archive;
}

session::Office office_of(const Configuration& configuration) {
  return {.kiosk_id = configuration.kiosk_id,
          .hall_name = configuration.site.hall_name,
          .phone = configuration.site.phone,
          .number_prefix = configuration.number_prefix,
          .number_digits = configuration.number_digits,
          .staff_pin_digits = configuration.staff_pin_digits,
          .promised = configuration.promised};
}

}  // namespace

Result<void> run(Configuration configuration, const Hooks& hooks) {
  wipe_freed_memory();
  const EndSignals signals;
  TRY(check(configuration));

  auto display = TRY(make_from(configuration, "display", drivers::make_display));
  if (hooks.wrap_display) display = hooks.wrap_display(std::move(display));
  const SystemClock clock;
  SystemRandom random;
  const auto type = TRY(paint::Type::open());
  std::optional<Glass> shown;
  const auto begin_glass = [&] {
    shown.emplace(*display, *type, clock, configuration.site,
                  all_closed(configuration.services, screens::Closed::checking), hooks.on_layout);
    return shown->first_frame();
  };
  TRY(begin_glass());

  auto opened = Archive::open(configuration, clock);
  if (!opened && opened.error().code == Errc::storage) {
    log::error("app", "the records cannot be kept: the kiosk stays closed until they can",
               {{"what", opened.error().what}});
    opened = stand_closed(configuration, clock, *shown, signals);
    if (opened && !*opened) return {};
    TRY(begin_glass());
  }
  const auto archive = TRY(std::move(opened));
  auto& glass = *shown;
  auto machine = TRY(Machine::make(configuration));
  const auto records = archive->records();

  const auto office = office_of(configuration);
  const auto to_shell = [&glass](shell::Event event) { glass.post(std::move(event)); };
  services::Desk desk({.devices = machine.devices(),
                       .registry = *machine.session_registry,
                       .records = records,
                       .clock = clock,
                       .random = random,
                       .office = office},
                      to_shell);
  Outside outside({.devices = machine.devices(),
                   .registry = *machine.outside_registry,
                   .records = records,
                   .hall_name = configuration.site.hall_name,
                   .upkeep = archive->upkeep(),
                   .offered = configuration.services,
                   .quiet = [&desk] { return desk.quiet(); },
                   .to_shell = to_shell});
  const auto ends = signals.watch(glass);
  log::info("app", "the kiosk runs", {{"kiosk", configuration.kiosk_id}});
  return glass.run([&](const shell::Effect& effect) {
    if (const auto* start = std::get_if<shell::StartSession>(&effect)) desk.start(start->service);
    if (const auto* answer = std::get_if<shell::Answer>(&effect)) desk.answer(*answer);
    if (const auto* end = std::get_if<shell::EndSession>(&effect)) desk.end(end->reason);
    if (const auto* call = std::get_if<shell::CallStaff>(&effect)) outside.call_staff(*call);
  });
}

int exit_status(const Error& error) {
  return error.code == Errc::malformed || error.code == Errc::refused ? 2 : 1;
}

}  // namespace kiosk::app
