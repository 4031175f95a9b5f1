#include "tests/image/site.hpp"

#include <cstdlib>
#include <sstream>

#include <fmt/format.h>

#include "firmware/provision/cms.hpp"
#include "firmware/provision/escrow.hpp"
#include "firmware/update/metadata.hpp"
#include "hal/base/file.hpp"
#include "image/provision/command.hpp"
#include "image/provision/folder.hpp"
#include "tests/image/kiosk_disk.hpp"
#include "tests/image/run.hpp"
#include "tests/image/site_settings.hpp"
#include "tests/image/update_server.hpp"

namespace kiosk::image {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

Result<void> pack(const std::vector<std::string>& command) {
  std::ostringstream said;
  if (pack::pack_command(command, said) == 0) return {};
  return fail(Errc::refused, said.str());
}

// Where every process of a run has them; one may have both halls.
constexpr lobby::Hall::Ports ports{
    .camera = 7000, .receipt_printer = 7001, .document_printer = 7002, .registry = 7003};
constexpr int updates_port = 7004;
constexpr lobby::Hall::Ports usb_ports{
    .camera = 7100, .receipt_printer = 7101, .document_printer = 7102, .registry = 7103};
constexpr int usb_updates_port = 7104;

void copy_keys(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  for (const auto* name : {"certificates", "audit.key.pem", "audit.pub.pem", "store.key"})
    fs::copy(from / name, to / name, fs::copy_options::recursive);
}

std::string next_year() {
  return update::write_time(SystemClock().now() + std::chrono::hours(24 * 365));
}

}  // namespace

Result<std::unique_ptr<Site>> Site::open(const std::string& in, bool usb) {
  auto site = std::make_unique<Site>();
  for (auto [name, place] : {std::pair("KIOSK_IMAGE", &site->image), std::pair("KIOSK_KEYS", &site->keys),
                             std::pair("KIOSK_PICTURES", &site->pictures)}) {
    const auto* value = std::getenv(name);
    if (value == nullptr)
      return fail(Errc::not_present, std::string(name) + " is not set: see ./kiosk test image");
    *place = value;
  }
  site->folder = site->machines = site->pictures / in;
  fs::remove_all(site->folder);
  TRY(site->open_hall(usb));
  const auto updates = fmt::format("https://10.0.2.2:{}", site->update_port);
  write_settings(*site->hall, updates, site->settings_folder());
  site->configuration = TRY(app::read_configuration(site->settings_folder() / "kiosk.toml"));
  return site;
}

Result<void> Site::open_hall(bool usb) {
  lobby::Hall::Settings settings{.folder = folder / "hall", .kiosk = {}, .usb = usb};
  fs::create_directories(settings.folder);
  if (claims().empty()) {
    hall = TRY(lobby::Hall::open(settings));
    update_port = free_port();
    return {};
  }
  static const auto alone = leave_network();
  if (!alone) return std::unexpected(alone.error());
  settings.ports = usb ? usb_ports : ports;
  update_port = usb ? usb_updates_port : updates_port;
  machines = claims().parent_path() / (usb ? "usb" : "site");
  const auto made = machines / "keys", half = folder / "keys";
  const auto making = TRY(lock(made, Wait::of(60s)));
  const bool there = fs::exists(made);
  if (there) copy_keys(made, settings.folder);
  hall = TRY(lobby::Hall::open(settings));
  if (there) return {};
  copy_keys(settings.folder, half);
  fs::rename(half, made);
  return {};
}

Result<Site*> Site::get() {
  static const auto site = open("site", false);
  if (!site) return std::unexpected(site.error());
  return site->get();
}

Result<fs::path> Site::settings_stick(const std::string& machine, int sequence) const {
  const auto out = settings_folder().parent_path();
  TRY(pack({"settings", settings_folder(), "--machine", machine, "--sequence", std::to_string(sequence),
            "--expires", next_year(), "--escrow", keys / "escrow.crt", "--certificate",
            keys / "provision.crt", "--key", keys / "provision.key", "--out", out}));
  const auto file = TRY(read_file(out / (machine + ".kiosk"), provision::most_signed));
  return stick(fmt::format("settings-{}", sequence), machine + ".kiosk", file);
}

Result<fs::path> Site::recovery_stick(const std::string& machine, const fs::path& settings_stick) const {
  const auto out = settings_folder().parent_path();
  TRY(recovery_key(machine, settings_stick));
  TRY(pack({"recovery", out / (machine + ".recovery"), "--escrow", keys / "escrow.crt", "--escrow-key",
            keys / "escrow.key", "--expires", next_year(), "--certificate", keys / "provision.crt", "--key",
            keys / "provision.key", "--out", out}));
  const auto file = TRY(read_file(out / (machine + ".kiosk"), provision::most_signed));
  return stick("recovery", machine + ".kiosk", file);
}

Result<fs::path> Site::stick(const std::string& name, const std::string& file,
                             const std::string& content) const {
  const auto made_in = folder / ("stick-" + name);
  fs::create_directories(made_in);
  TRY(replace_file(made_in / file, content));
  auto made = made_in / "stick.img";
  TRY(run_script("make-stick", {made, made_in / file}, made_in / "log", 20s));
  return made;
}

Result<provision::Settings> Site::settings(const std::string& machine) const {
  provision::Settings settings{.head = {.machine = machine}, .sequence = 1};
  settings.head.expires = SystemClock().now() + std::chrono::hours(24);
  settings.escrow = TRY(pem("escrow.crt"));
  settings.files = TRY(pack::read_settings(settings_folder()));
  return settings;
}

Result<std::string> Site::recovery_key(const std::string& machine, const fs::path& stick) const {
  const auto file = settings_folder().parent_path() / (machine + ".recovery");
  TRY(run_script("read-stick", {stick, file.filename(), file}, file.string() + ".log", 20s));
  const auto left = TRY(read_file(file, provision::most_signed));
  const auto certificate = TRY(pem("escrow.crt"));
  const auto key = TRY(pem("escrow.key"));
  auto escrow = TRY(provision::open_escrow(left, certificate, key));
  return std::move(escrow.key);
}

Result<std::string> Site::sign(const provision::Content& content) const {
  const auto certificate = TRY(pem("provision.crt"));
  const auto key = TRY(pem("provision.key"));
  return provision::sign(provision::write_content(content), certificate, key);
}

Result<std::string> Site::pem(const std::string& name) const {
  return read_file(keys / name, 64 * 1024);
}

}  // namespace kiosk::image
