// The only list of drivers: configuration name → make function. A new driver is one line here.
#include "drivers/catalog.hpp"

#include <array>
#include <functional>
#include <map>

#include <fmt/format.h>

#include "drivers/catalog_keys.hpp"
#include "drivers/escpos/receipt_printer.hpp"
#include "drivers/kms/display.hpp"
#include "drivers/link/module.hpp"
#include "drivers/link/usb.hpp"
#include "drivers/mirror_folder/mirror_folder.hpp"
#include "drivers/mirror_http/mirror_http.hpp"
#include "drivers/opencv/face_finder.hpp"
#include "drivers/registry_http/registry_http.hpp"
#include "drivers/samv/reader.hpp"
#include "drivers/samv/usb_pipes.hpp"
#include "drivers/scanner/scanner.hpp"
#include "drivers/sqlite/sqlite.hpp"
#include "drivers/v4l2/v4l2.hpp"
#ifdef KIOSK_WINDOW
#include "drivers/sdl/display.hpp"
#endif

namespace kiosk::drivers {

namespace {

template <class Device>
using Made = Result<std::unique_ptr<Device>>;

/// What a table describes, read and checked but not made: the call makes it.
template <class Device>
using Maker = std::function<Made<Device>()>;

template <class Device>
struct Driver {
  std::string_view name;
  Result<Maker<Device>> (*read)(Options&);
};

/// Looks up the table's `driver` and lets it read its keys.
template <class Device, std::size_t N>
Result<Maker<Device>> choose(Options& options, const std::array<Driver<Device>, N>& drivers) {
  const auto name = TRY(options.text("driver"));
  std::string known;
  for (const auto& driver : drivers) {
    if (driver.name == name) return driver.read(options);
    known += (known.empty() ? "" : ", ") + std::string(driver.name);
  }
  return std::unexpected(
      options.refuse("driver", fmt::format("\"{}\" is not known; allowed: {}", name, known)));
}

#ifdef KIOSK_WINDOW
Result<Maker<hal::Display>> sdl(Options& options) {
  SdlConfig config;
  config.width = TRY(options.number_or("width", 320, 7680, config.width));
  config.height = TRY(options.number_or("height", 240, 7680, config.height));
  const auto mode = TRY(options.one_of("mode", {"fullscreen", "window", "offscreen"}, "fullscreen"));
  config.fullscreen = mode == "fullscreen";
  config.driver = mode == "offscreen" ? SdlConfig::Driver::offscreen : SdlConfig::Driver::window;
  return [config] { return make_sdl_display(config); };
}
#endif

Result<Maker<hal::Display>> kms(Options& options) {
  KmsConfig config;
  config.panel.connector = TRY(options.text_or("connector", ""));
  config.panel.width = TRY(options.number_or("width", 320, 7680, 0));
  config.panel.height = TRY(options.number_or("height", 240, 7680, 0));
  const auto turned = TRY(options.number_or("turned", 0, 270, 0));
  if (turned % 90 != 0) return std::unexpected(options.refuse("turned", "allowed: 0, 90, 180, 270"));
  config.turn = static_cast<Turn>(turned / 90);
  const auto numbers = TRY(options.text_or("calibration", "1 0 0 0 1 0"));
  const auto calibration = calibration_of(numbers);
  if (!calibration)
    return std::unexpected(options.refuse("calibration", "must be six numbers, as in \"1 0 0 0 1 0\""));
  config.calibration = *calibration;
  return [config] { return make_kms_display(config); };
}

Result<Maker<hal::IdReader>> samv(Options& options) {
  const auto port = TRY(options.text("port"));
  if (port.starts_with("usb:")) {
    const auto name = TRY(usb_name(options, std::string_view(port).substr(4)));
    return [name] { return make_samv_usb(name.vendor, name.product); };
  }
  const auto opener = TRY(link(options, 115200));
  return [opener] { return make_samv(opener()); };
}

Result<Maker<hal::ReceiptPrinter>> escpos(Options& options) {
  const auto width = TRY(options.number_or("paper_mm", 58, 80, 80));
  if (width != 58 && width != 80) return std::unexpected(options.refuse("paper_mm", "allowed: 58, 80"));
  const hal::SlipPaper paper{.dots = width == 58 ? 384 : 576};
  const auto port = TRY(options.text("port"));
  if (port.starts_with("usb:")) {
    const auto name = TRY(usb_name(options, std::string_view(port).substr(4)));
    return [name, paper] { return make_escpos_usb(name.vendor, name.product, paper); };
  }
  const auto opener = TRY(link(options, 19200));
  return [opener, paper] { return make_escpos(opener(), paper); };
}

Result<Maker<hal::DocumentPrinter>> ipp(Options& options) {
  const auto uri = TRY(address(options, "uri", {"ipp://", "ipps://"}));
  return [uri] { return made_by_module<hal::DocumentPrinter>("ipp", uri); };
}

Result<Maker<hal::Camera>> v4l2(Options& options) {
  const auto device = TRY(options.text("device"));
  return [device] { return make_v4l2(device); };
}

Result<Maker<hal::Camera>> mjpeg(Options& options) {
  const auto url = TRY(address(options, "url", {"http://", "https://"}));
  return [url] { return made_by_module<hal::Camera>("mjpeg", url); };
}

Result<Maker<hal::FaceFinder>> opencv(Options& options) {
  const auto cascade =
      TRY(options.text_or("cascade", "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml"));
  return [cascade] { return make_opencv_face_finder(cascade); };
}

Result<Maker<hal::CodeScanner>> scanner(Options& options) {
  const auto opener = TRY(link(options, 9600));
  return [opener] { return make_scanner(opener()); };
}

Result<Maker<hal::Registry>> registry_http(Options& options) {
  RegistryHttpConfig config;
  config.url = TRY(address(options, "url", {"https://"}));
  config.ca_file = TRY(options.text("ca_file"));
  config.certificate_file = TRY(options.text("certificate_file"));
  config.key_file = TRY(options.text("key_file"));
  config.spki_pin = TRY(spki_pin(options));
  config.proxy = TRY(options.text_or("proxy", ""));
  return [config] { return made_by_module<hal::Registry>("registry_http", config); };
}

Result<Maker<hal::ReleaseMirror>> mirror_http(Options& options) {
  MirrorHttpConfig config;
  config.url = TRY(address(options, "url", {"https://"}));
  config.ca_file = TRY(options.text("ca_file"));
  config.certificate_file = TRY(options.text_or("certificate_file", ""));
  config.key_file = TRY(options.text_or("key_file", ""));
  config.spki_pin = TRY(spki_pin(options));
  config.proxy = TRY(options.text_or("proxy", ""));
  config.slowest_bytes_a_second =
      TRY(options.number_or("slowest_bytes_a_second", 1, 1'000'000, config.slowest_bytes_a_second));
  return [config] { return made_by_module<hal::ReleaseMirror>("mirror_http", config); };
}

Result<Maker<hal::ReleaseMirror>> mirror_folder(Options& options) {
  const std::filesystem::path folder = TRY(options.text("folder"));
  return [folder] { return Made<hal::ReleaseMirror>(make_mirror_folder(folder)); };
}

struct StoreFiles {
  std::string path, key_file;
};

Result<StoreFiles> sqlite(Options& options) {
  TRY(options.one_of("driver", {"sqlite"}));
  StoreFiles files;
  files.path = TRY(options.text("path"));
  files.key_file = TRY(options.text("key_file"));
  return files;
}

// Every table and its drivers.

auto display(Options& options) {
#ifdef KIOSK_WINDOW
  return choose<hal::Display, 2>(options, {{{"kms", kms}, {"sdl", sdl}}});
#else  // an image has the panel alone: SDL would bring X11, Wayland and PulseAudio
  return choose<hal::Display, 1>(options, {{{"kms", kms}}});
#endif
}

auto id_reader(Options& options) {
  return choose<hal::IdReader, 1>(options, {{{"samv", samv}}});
}

auto receipt_printer(Options& options) {
  return choose<hal::ReceiptPrinter, 1>(options, {{{"escpos", escpos}}});
}

auto document_printer(Options& options) {
  return choose<hal::DocumentPrinter, 1>(options, {{{"ipp", ipp}}});
}

auto camera(Options& options) {
  return choose<hal::Camera, 2>(options, {{{"v4l2", v4l2}, {"mjpeg", mjpeg}}});
}

auto face(Options& options) {
  return choose<hal::FaceFinder, 1>(options, {{{"opencv", opencv}}});
}

auto code_scanner(Options& options) {
  return choose<hal::CodeScanner, 1>(options, {{{"scanner", scanner}}});
}

auto registry(Options& options) {
  return choose<hal::Registry, 1>(options, {{{"registry_http", registry_http}}});
}

auto release_mirror(Options& options) {
  return choose<hal::ReleaseMirror, 2>(options,
                                       {{{"mirror_http", mirror_http}, {"mirror_folder", mirror_folder}}});
}

template <auto read>
Result<void> check_only(Options& options) {
  TRY(read(options));
  return options.finish();
}

/// Makes what a table describes, once nothing in it is wrong.
template <class Device>
Made<Device> make(Result<Maker<Device>> (*read)(Options&), Options& options) {
  const auto maker = TRY(read(options));
  TRY(options.finish());
  return maker();
}

}  // namespace

Result<void> check(const std::string& table, Options& options) {
  using Check = Result<void> (*)(Options&);
  static const std::map<std::string_view, Check> checks{{"display", check_only<display>},
                                                        {"id_reader", check_only<id_reader>},
                                                        {"receipt_printer", check_only<receipt_printer>},
                                                        {"document_printer", check_only<document_printer>},
                                                        {"camera", check_only<camera>},
                                                        {"face", check_only<face>},
                                                        {"code_scanner", check_only<code_scanner>},
                                                        {"registry", check_only<registry>},
                                                        {"release_mirror", check_only<release_mirror>},
                                                        {"store", check_only<sqlite>}};
  return checks.at(table)(options);
}

Made<hal::Display> make_display(Options& options) {
  return make(display, options);
}

Made<hal::IdReader> make_id_reader(Options& options) {
  return make(id_reader, options);
}

Made<hal::ReceiptPrinter> make_receipt_printer(Options& options) {
  return make(receipt_printer, options);
}

Made<hal::DocumentPrinter> make_document_printer(Options& options) {
  return make(document_printer, options);
}

Made<hal::Camera> make_camera(Options& options) {
  return make(camera, options);
}

Made<hal::FaceFinder> make_face_finder(Options& options) {
  return make(face, options);
}

Made<hal::CodeScanner> make_code_scanner(Options& options) {
  return make(code_scanner, options);
}

Made<hal::Registry> make_registry(Options& options) {
  return make(registry, options);
}

Made<hal::ReleaseMirror> make_release_mirror(Options& options) {
  return make(release_mirror, options);
}

Made<hal::Store> make_store(Options& options, const hal::Schema& schema) {
  const auto files = TRY(sqlite(options));
  TRY(options.finish());
  SystemRandom random;
  auto key = TRY(key_from_file(files.key_file, random));
  return make_sqlite(files.path, std::move(key), schema);
}

}  // namespace kiosk::drivers
