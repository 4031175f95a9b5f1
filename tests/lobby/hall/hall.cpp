#include "tests/lobby/hall/hall.hpp"

#include <fstream>

#include <fmt/format.h>

#include "firmware/records/signing_key.hpp"
#include "hal/base/clock.hpp"
#include "tests/lobby/camera/face.hpp"
#include "tests/lobby/registry/cast.hpp"
#include "tests/lobby/samv/serial_id_reader.hpp"
#include "tests/lobby/samv/usb_id_reader.hpp"

namespace kiosk::lobby {

using nlohmann::json;

namespace {

constexpr int real_line = 115200;  // baud
constexpr int real_head = 1200;    // rows a second: 150 mm
constexpr std::uint16_t printer_vendor = 0x0416, printer_product = 0x5011;
constexpr auto cascade = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml";

Result<void> write_file(const std::filesystem::path& path, std::string_view content) {
  std::ofstream file(path, std::ios::binary);
  file << content;
  file.close();
  if (!file) return fail(Errc::storage, "cannot write " + path.string());
  return {};
}

/// A new key for the kiosk's sealed columns: 32 bytes, readable by nobody else.
Result<void> write_key(const std::filesystem::path& path) {
  std::array<std::uint8_t, 32> key{};
  SystemRandom().fill(key);
  TRY(write_file(path, as_text(key)));
  std::filesystem::permissions(path,
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  return {};
}

}  // namespace

Hall::Hall(const Settings& settings)
    : settings_(settings),
      glass_((settings.folder / "glass.sock").string()),
      scanner_((settings.folder / "scanner").string()) {}

Hall::~Hall() {
  const std::lock_guard lock(kiosk_mutex_);
  kiosk_.end();
}

Result<std::unique_ptr<Hall>> Hall::open(const Settings& settings) {
  std::unique_ptr<Hall> hall(new Hall(settings));
  TRY(hall->open_devices());
  TRY(hall->make_keys());
  TRY(hall->write_configuration());
  auto& all = hall->stations_;
  all.add(people_station());
  all.add(hall->kiosk_station());
  all.add(reader_station(*hall->reader_));
  all.add(camera_station(*hall->camera_, [&hall = *hall](bool on) { hall.plug_camera(on); }));
  all.add(receipt_printer_station(*hall->receipt_printer_));
  all.add(document_printer_station(*hall->document_printer_));
  all.add(scanner_station(hall->scanner_, *hall->receipt_printer_));
  all.add(registry_station(*hall->registry_));
  return hall;
}

Result<void> Hall::open_devices() {
  camera_ = TRY(MjpegCamera::start(settings_.ports.camera));
  if (settings_.usb) {
    reader_ = std::make_unique<UsbIdReader>(UsbIdReader::Pipes::two, false, redirected_usb(usb_sockets()[0]));
    receipt_printer_ =
        ReceiptPrinter::on_usb(redirected_usb(usb_sockets()[1]), printer_vendor, printer_product);
    usb_camera_ = std::make_unique<UvcCamera>(
        usb_sockets()[2], [this](std::size_t number) { return camera_->picture(number); });
  } else {
    reader_ = std::make_unique<SerialIdReader>(reader_path().string(), settings_.real_speed ? real_line : 0);
    receipt_printer_ = TRY(ReceiptPrinter::on_tcp(settings_.ports.receipt_printer));
  }
  if (settings_.real_speed) receipt_printer_->set_speed(real_head);
  document_printer_ = TRY(IppResponder::start(settings_.ports.document_printer));
  certificates_ = TRY(make_certificates((settings_.folder / "certificates").string()));
  const auto portrait = [](const Person& person) { return portrait_jpeg(person.face); };
  registry_ = TRY(RegistryServer::start(
      {.certificates = certificates_,
       .authority = {.database = (settings_.folder / "registry.db").string(), .portrait = portrait},
       .port = settings_.ports.registry}));
  registry_->set_delay(settings_.registry_delay);
  return {};
}

std::vector<std::filesystem::path> Hall::usb_sockets() const {
  if (!settings_.usb) return {};
  return {settings_.folder / "id-reader.usb", settings_.folder / "receipt-printer.usb",
          settings_.folder / "camera.usb"};
}

void Hall::plug_camera(bool on) {
  if (usb_camera_)
    on ? usb_camera_->plug() : usb_camera_->unplug();
  else
    on ? camera_->plug() : camera_->unplug();
}

/// The three tables of what hangs on USB or does not.
std::string Hall::wired_devices() const {
  if (settings_.usb) {
    return fmt::format(R"([id_reader]
driver = "samv"
port = "usb:0400:c35a"

[receipt_printer]
driver = "escpos"
port = "usb:{:04x}:{:04x}"

[camera]
driver = "v4l2"
device = "/dev/video0"
)",
                       printer_vendor, printer_product);
  }
  return fmt::format(R"([id_reader]
driver = "samv"
port = "serial:{}"
baud = 115200

[receipt_printer]
driver = "escpos"
port = "tcp:127.0.0.1:{}"

[camera]
driver = "mjpeg"
url = "{}"
)",
                     reader_path().string(), receipt_printer_->port(), camera_->url());
}

Result<void> Hall::make_keys() const {
  if (std::filesystem::exists(audit_public_key())) return {};
  TRY(write_key(settings_.folder / "store.key"));
  const auto signing = TRY(records::SigningKey::generate());
  TRY(signing.save(settings_.folder / "audit.key.pem"));
  return write_file(audit_public_key(), signing.public_pem());
}

Result<void> Hall::write_configuration() const {
  std::filesystem::create_directories(data() / "audit");
  const auto audit_key = settings_.folder / "audit.key.pem", key = settings_.folder / "store.key";
  const auto toml = fmt::format(
      R"([kiosk]
id = "K3"
data = "{data}"

[audit]
signing_key = "{audit_key}"

[hall]
name = "泉城市不动产登记中心（演示）"
hours = "09:00-17:00"
phone = "0531-55550110"
elsewhere = "一楼综合窗口"
number_prefix = "2026"
number_digits = 13
register_province = "鲁"
register_authority = "济南市"
staff_pin_digits = 6

[services]
offered = ["mortgage_cancellation", "progress"]
promised_mortgage_cancellation = "即时办结"

[display]
driver = "sdl"
mode = "{mode}"

{wired_devices}
[document_printer]
driver = "ipp"
uri = "{document_uri}"

[face]
driver = "opencv"
cascade = "{cascade}"

[code_scanner]
driver = "scanner"
port = "serial:{scanner}"
baud = 115200

[registry]
driver = "registry_http"
url = "{registry_url}"
ca_file = "{ca}"
certificate_file = "{client}"
key_file = "{client_key}"
spki_pin = "{pin}"

[store]
driver = "sqlite"
path = "{data}/kiosk.db"
key_file = "{key}"
)",
      fmt::arg("data", data().string()), fmt::arg("audit_key", audit_key.string()),
      fmt::arg("mode", settings_.display), fmt::arg("wired_devices", wired_devices()),
      fmt::arg("document_uri", document_printer_->uri()), fmt::arg("cascade", cascade),
      fmt::arg("scanner", scanner_.path()), fmt::arg("registry_url", registry_->url()),
      fmt::arg("ca", certificates_.ca_file), fmt::arg("client", certificates_.client_file),
      fmt::arg("client_key", certificates_.client_key_file), fmt::arg("pin", certificates_.spki_pin),
      fmt::arg("key", key.string()));
  return write_file(configuration_file(), toml);
}

Result<void> Hall::start_kiosk() {
  const std::lock_guard lock(kiosk_mutex_);
  kiosk_.kill();
  auto environment = settings_.environment;
  environment.emplace_back("GLIBC_TUNABLES=glibc.malloc.tcache_count=0");  // as a city starts it
  kiosk_ = TRY(Child::start({.command = {settings_.kiosk.string(), "--config", configuration_file().string(),
                                         "--glass", (settings_.folder / "glass.sock").string()},
                             .environment = environment,
                             .log = log_file().string()}));
  return {};
}

/// power on|off · kill now: SIGKILL and start again.
Station Hall::kiosk_station() {
  const auto power = [this](const std::string& value) -> Result<void> {
    if (value == "on") return start_kiosk();
    if (value != "off") return fail(Errc::refused, "power is on or off");
    const std::lock_guard lock(kiosk_mutex_);
    kiosk_.end();
    return {};
  };
  return {.name = "kiosk",
          .knobs = {{"power", power}, {"kill", [this](const std::string&) { return start_kiosk(); }}},
          .state = [this] {
            const std::lock_guard lock(kiosk_mutex_);
            return json{{"running", kiosk_.running()}};
          }};
}

}  // namespace kiosk::lobby
