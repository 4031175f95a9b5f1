#include "firmware/app/app.hpp"

#include <cstdlib>
#include <thread>

#include <malloc.h>

#include "drivers/side_door/side_door.hpp"
#include "firmware/app/archive.hpp"
#include "firmware/app/citizens_side.hpp"
#include "firmware/app/glass.hpp"
#include "firmware/app/machine.hpp"
#include "firmware/app/outside.hpp"
#include "firmware/app/process.hpp"
#include "firmware/records/schema.hpp"
#include "firmware/services/desk.hpp"
#include "hal/base/log.hpp"
#include "hal/base/thread_name.hpp"

namespace kiosk::app {

namespace {

/// Freed memory is overwritten at once: what a library kept of a citizen does not outlive its buffer (UX
/// #36). glibc passes over what it keeps for each thread, and that can be turned off only from outside.
void wipe_freed_memory() {
  ::mallopt(M_PERTURB, 0xA5);
  const char* tunables = std::getenv("GLIBC_TUNABLES");
  if (tunables == nullptr ||
      std::string_view(tunables).find("glibc.malloc.tcache_count=0") == std::string_view::npos)
    log::warning(
        "app",
        "small freed memory is not overwritten: start with GLIBC_TUNABLES=glibc.malloc.tcache_count=0");
}

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
    if (const auto* call = std::get_if<shell::CallStaff>(&effect))
      glass.post(shell::StaffCall{.request = call->request, .placed = false});
  });
  looking.request_stop();
  looking.join();
  TRY(shown);
  return archive;
}

/// The glass with its first picture, and the type it is set in.
struct Painted {
  std::unique_ptr<paint::Type> type;
  std::unique_ptr<Glass> glass;
};

Result<Painted> paint_first(const Configuration& configuration, const Clock& clock, const Hooks& hooks,
                            ServiceManager& manager) {
  auto type = TRY(paint::Type::open());
  shell::State begin{.site = configuration.site,
                     .settings = configuration.site.defaults,
                     .services = all_closed(configuration.services, screens::Closed::checking)};
  auto glass = std::make_unique<Glass>(*type, clock, std::move(begin), hooks.on_layout, manager);
  return Painted{std::move(type), std::move(glass)};
}

/// In the folder that the service manager gave the program for it; a developer's machine needs none. Citizens
/// are served without it, too.
std::unique_ptr<drivers::SideDoor> open_side_door(CitizensSide& side) {
  const char* folder = std::getenv("RUNTIME_DIRECTORY");
  if (folder == nullptr) {
    log::info("app", "no side door: RUNTIME_DIRECTORY is not set");
    return nullptr;
  }
  auto door = drivers::SideDoor::open(std::filesystem::path(folder) / "side", side);
  if (door) return std::move(*door);
  log::error("app", "the updater cannot ask here", {{"what", door.error().what}});
  return nullptr;
}

session::Office office_of(const Configuration& configuration) {
  return {.kiosk_id = configuration.kiosk_id,
          .hall_name = configuration.site.hall_name,
          .phone = configuration.site.phone,
          .number_prefix = configuration.number_prefix,
          .number_digits = configuration.number_digits,
          .register_province = configuration.register_province,
          .register_authority = configuration.register_authority,
          .invitations = configuration.invitations,
          .staff_pin_digits = configuration.staff_pin_digits,
          .promised = configuration.promised};
}

}  // namespace

Result<void> run(Configuration configuration, const Hooks& hooks) {
  settle_process();
  const EndSignals signals;
  TRY(check(configuration));

  const SystemClock clock;
  SystemRandom random;
  auto manager = ServiceManager::from_environment();
  // The two halves of the first picture take the same time and need nothing of each other.
  Result<Painted> first_picture = fail(Errc::internal, "not painted");
  std::jthread painting([&] {
    name_thread("painting");
    first_picture = paint_first(configuration, clock, hooks, manager);
  });
  auto display = TRY(make_from(configuration, "display", drivers::make_display));
  if (hooks.wrap_display) display = hooks.wrap_display(std::move(display));
  painting.join();
  auto painted = TRY(std::move(first_picture));
  TRY(painted.glass->first_frame(*display));
  wipe_freed_memory();  // until here nobody's data were in it

  auto opened = Archive::open(configuration, clock);
  if (!opened && opened.error().code == Errc::storage) {
    log::error("app", "the records cannot be kept: the kiosk stays closed until they can",
               {{"what", opened.error().what}});
    opened = stand_closed(configuration, clock, *painted.glass, signals);
    if (opened && !*opened) return {};
    painted.glass.reset();  // before the type that it is set in
    painted = TRY(paint_first(configuration, clock, hooks, manager));
    TRY(painted.glass->first_frame(*display));
  }
  const auto archive = TRY(std::move(opened));
  auto& glass = *painted.glass;
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
                   .clock = clock,
                   .hall_name = configuration.site.hall_name,
                   .upkeep = archive->upkeep(),
                   .offered = configuration.services,
                   .quiet = [&desk] { return desk.quiet(); },
                   .to_shell = to_shell});
  CitizensSide side({.devices = machine.devices(),
                     .clock = clock,
                     .store = archive->store(),
                     .seen = [&glass] { return glass.seen(); },
                     .quiet = [&desk] { return desk.quiet(); },
                     .registry_reached = [&outside] { return outside.registry_reached(); },
                     .to_shell = to_shell});
  const auto door = open_side_door(side);
  const auto ends = signals.watch(glass);
  log::info("app", "the kiosk runs", {{"kiosk", configuration.kiosk_id}});
  return glass.run([&](const shell::Effect& effect) {
    if (const auto* start = std::get_if<shell::StartSession>(&effect)) desk.start(start->service);
    if (const auto* answer = std::get_if<shell::Answer>(&effect)) desk.answer(*answer);
    if (const auto* end = std::get_if<shell::EndSession>(&effect)) desk.end(end->reason);
    if (const auto* call = std::get_if<shell::CallStaff>(&effect)) outside.call_staff(*call);
    if (const auto* call = std::get_if<shell::WithdrawCall>(&effect)) outside.withdraw_call(*call);
    if (const auto* attended = std::get_if<shell::Attended>(&effect)) side.attended(*attended);
  });
}

int exit_status(const Error& error) {
  return error.code == Errc::malformed || error.code == Errc::refused ? 2 : 1;
}

}  // namespace kiosk::app
