#include "firmware/app/app.hpp"

#include <csignal>
#include <thread>

#include <malloc.h>
#include <poll.h>
#include <sys/signalfd.h>

#include "drivers/catalog.hpp"
#include "firmware/app/glass.hpp"
#include "firmware/app/outside.hpp"
#include "firmware/records/schema.hpp"
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

/// Every device and party of the configuration, in the order they are made; destroyed in reverse.
struct Machine {
  std::unique_ptr<hal::Store> store;
  std::unique_ptr<hal::IdReader> id_reader;
  std::unique_ptr<hal::ReceiptPrinter> receipt_printer;
  std::unique_ptr<hal::DocumentPrinter> document_printer;
  std::unique_ptr<hal::Camera> camera;
  std::unique_ptr<hal::FaceFinder> faces;
  std::unique_ptr<hal::CodeScanner> scanner;
  std::unique_ptr<hal::Registry> session_registry, outside_registry;

  session::Devices devices() {
    return {*id_reader, *receipt_printer, *document_printer, *camera, *faces, *scanner};
  }
};

template <class Make>
auto make(Configuration& configuration, const std::string& table, Make make_it)
    -> std::invoke_result_t<Make, Options&> {
  auto& options = configuration.devices.at(table);
  auto made = TRY(make_it(options));
  TRY(options.finish());
  return made;
}

Result<std::unique_ptr<hal::Store>> open_store(Options& options) {
  return drivers::make_store(options, records::schema());
}

Result<Machine> make_machine(Configuration& configuration) {
  Machine machine;
  machine.store = TRY(make(configuration, "store", open_store));
  // Before the cameras: whoever starts libcurl first chooses its allocator, and this driver's wipes.
  machine.session_registry = TRY(make(configuration, "registry", drivers::make_registry));
  machine.outside_registry = TRY(make(configuration, "registry", drivers::make_registry));
  machine.id_reader = TRY(make(configuration, "id_reader", drivers::make_id_reader));
  machine.receipt_printer = TRY(make(configuration, "receipt_printer", drivers::make_receipt_printer));
  machine.document_printer = TRY(make(configuration, "document_printer", drivers::make_document_printer));
  machine.camera = TRY(make(configuration, "camera", drivers::make_camera));
  machine.faces = TRY(make(configuration, "face", drivers::make_face_finder));
  machine.scanner = TRY(make(configuration, "code_scanner", drivers::make_code_scanner));
  return machine;
}

Result<void> check_services(const Configuration& configuration) {
  for (const auto& id : configuration.services) {
    if (std::ranges::find(services::catalog(), id, &services::Service::id) == services::catalog().end()) {
      return fail(Errc::malformed, "[services] offered: \"" + id + "\" is not a service of this program");
    }
  }
  return {};
}

/// What stands on the first picture, before any device was asked.
std::vector<screens::ServiceTile> not_yet_checked(const Options::Texts& services) {
  std::vector<screens::ServiceTile> tiles;
  for (const auto& id : services) tiles.push_back({.id = id, .closed = screens::Closed::checking});
  return tiles;
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

/// What an earlier run left open: nothing is sent or printed again, everything is handed to who can settle
/// it.
Result<void> recover(const session::Records& records) {
  TRY(records.submissions.recover());
  TRY(records.papers.recover());
  const auto unfinished = TRY(records.journal.unfinished());
  for (const auto& session : unfinished) {
    if (!session.outcome.empty()) continue;  // ended, and what it owes is known
    TRY(records.audit.record({.id = "session.interrupted",
                              .role = records::Role::kiosk,
                              .purpose = session.service,
                              .session = session.id,
                              .facts = {{"owed", static_cast<std::int64_t>(session.owed.size())}}}));
    TRY(records.journal.end(session.id, "interrupted"));
  }
  return {};
}

}  // namespace

Result<void> run(Configuration configuration, const Hooks& hooks) {
  wipe_freed_memory();
  const EndSignals signals;
  TRY(check_services(configuration));

  auto display = TRY(make(configuration, "display", drivers::make_display));
  if (hooks.wrap_display) display = hooks.wrap_display(std::move(display));
  const SystemClock clock;
  SystemRandom random;
  const auto type = TRY(paint::Type::open());
  Glass glass(*display, *type, clock, configuration.site, not_yet_checked(configuration.services),
              hooks.on_layout);
  TRY(glass.first_frame());

  auto machine = TRY(make_machine(configuration));
  records::Journal journal(*machine.store, clock);
  records::Submissions submissions(*machine.store, clock);
  records::Papers papers(*machine.store, clock);
  std::error_code ignored;  // a folder that cannot be made is what Audit::open reports
  std::filesystem::create_directories(configuration.data / "audit", ignored);
  auto audit = TRY(records::Audit::open(
      *machine.store, clock, {.folder = configuration.data / "audit", .kiosk = configuration.kiosk_id},
      std::nullopt));
  const session::Records records{journal, submissions, papers, audit};
  TRY(recover(records));

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
                   .offered = configuration.services,
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

}  // namespace kiosk::app
