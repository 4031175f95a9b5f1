// The only list of drivers: configuration name → make function. A new driver is one line here.
#include "drivers/catalog.hpp"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "drivers/escpos/receipt_printer.hpp"
#include "drivers/ipp/document_printer.hpp"
#include "drivers/link/serial.hpp"
#include "drivers/link/tcp.hpp"
#include "drivers/link/usb.hpp"
#include "drivers/mjpeg/mjpeg.hpp"
#include "drivers/opencv/face_finder.hpp"
#include "drivers/registry_http/registry_http.hpp"
#include "drivers/samv/reader.hpp"
#include "drivers/samv/usb_pipes.hpp"
#include "drivers/scanner/scanner.hpp"
#include "drivers/sdl/display.hpp"
#include "drivers/sqlite/sqlite.hpp"
#include "drivers/v4l2/v4l2.hpp"

namespace kiosk::drivers {

namespace {

template <class Device>
using Made = Result<std::unique_ptr<Device>>;

template <class Device>
struct Driver {
  std::string_view name;
  Made<Device> (*make)(Options&);
};

/// Looks up the table's `driver` and makes it.
template <class Device, std::size_t N>
Made<Device> choose(Options& options, const std::array<Driver<Device>, N>& drivers) {
  const auto name = TRY(options.text("driver"));
  std::string known;
  for (const auto& driver : drivers) {
    if (driver.name == name) return driver.make(options);
    known += (known.empty() ? "" : ", ") + std::string(driver.name);
  }
  return std::unexpected(
      options.refuse("driver", fmt::format("\"{}\" is not known; allowed: {}", name, known)));
}

/// "0400:c35a".
Result<UsbName> usb_name(Options& options, std::string_view text) {
  UsbName name;
  const auto colon = text.find(':');
  const auto hex = [](std::string_view part, std::uint16_t& value) {
    return std::from_chars(part.begin(), part.end(), value, 16).ptr == part.end() && part.size() == 4;
  };
  if (colon == std::string_view::npos || !hex(text.substr(0, colon), name.vendor) ||
      !hex(text.substr(colon + 1), name.product)) {
    return std::unexpected(
        options.refuse("port", "after usb: must stand vendor and product, as in usb:0400:c35a"));
  }
  return name;
}

/// `port` says where a device hangs: "serial:/dev/ttyS0", "tcp:192.0.2.7:9100", "usb:04b8:0202". `baud` goes
/// with serial lines.
Result<std::unique_ptr<LinkOpener>> link(Options& options, int baud) {
  const auto port = TRY(options.text("port"));
  const auto speed = TRY(options.number_or("baud", 1200, 921600, baud));
  const std::string_view text = port;
  if (text.starts_with("serial:")) return serial_link(port.substr(7), speed);
  if (text.starts_with("usb:")) {
    auto name = TRY(usb_name(options, text.substr(4)));
    return usb_link(name);
  }
  const auto colon = text.rfind(':');
  if (text.starts_with("tcp:") && colon > 4) {
    std::uint16_t number = 0;
    const auto digits = text.substr(colon + 1);
    const auto end = std::from_chars(digits.begin(), digits.end(), number).ptr;
    if (end == digits.end() && number > 0) return tcp_link(port.substr(4, colon - 4), number);
  }
  return std::unexpected(options.refuse("port", "allowed: serial:/dev/…, tcp:host:port, usb:vendor:product"));
}

Made<hal::Display> sdl(Options& options) {
  SdlConfig config;
  config.width = TRY(options.number_or("width", 320, 7680, config.width));
  config.height = TRY(options.number_or("height", 240, 7680, config.height));
  const auto mode = TRY(options.one_of("mode", {"fullscreen", "window", "offscreen"}, "fullscreen"));
  config.fullscreen = mode == "fullscreen";
  config.driver = mode == "offscreen" ? SdlConfig::Driver::offscreen : SdlConfig::Driver::window;
  return make_sdl_display(config);
}

Made<hal::IdReader> samv(Options& options) {
  const auto port = TRY(options.text("port"));
  if (port.starts_with("usb:")) {
    const auto name = TRY(usb_name(options, std::string_view(port).substr(4)));
    return make_samv_usb(name.vendor, name.product);
  }
  auto opener = TRY(link(options, 115200));
  return make_samv(std::move(opener));
}

Made<hal::ReceiptPrinter> escpos(Options& options) {
  const auto width = TRY(options.number_or("paper_mm", 58, 80, 80));
  const hal::SlipPaper paper{.dots = width == 58 ? 384 : 576};
  const auto port = TRY(options.text("port"));
  if (port.starts_with("usb:")) {
    const auto name = TRY(usb_name(options, std::string_view(port).substr(4)));
    return make_escpos_usb(name.vendor, name.product, paper);
  }
  auto opener = TRY(link(options, 19200));
  return make_escpos(std::move(opener), paper);
}

Made<hal::DocumentPrinter> ipp(Options& options) {
  const auto uri = TRY(options.text("uri"));
  return make_ipp(uri);
}

Made<hal::Camera> v4l2(Options& options) {
  const auto device = TRY(options.text("device"));
  return make_v4l2(device);
}

Made<hal::Camera> mjpeg(Options& options) {
  const auto url = TRY(options.text("url"));
  return make_mjpeg(url);
}

Made<hal::FaceFinder> opencv(Options& options) {
  const auto cascade =
      TRY(options.text_or("cascade", "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt2.xml"));
  return make_opencv_face_finder(cascade);
}

Made<hal::CodeScanner> scanner(Options& options) {
  auto opener = TRY(link(options, 9600));
  return make_scanner(std::move(opener));
}

Made<hal::Registry> registry_http(Options& options) {
  RegistryHttpConfig config;
  config.url = TRY(options.text("url"));
  config.ca_file = TRY(options.text("ca_file"));
  config.certificate_file = TRY(options.text("certificate_file"));
  config.key_file = TRY(options.text("key_file"));
  config.spki_pin = TRY(options.text_or("spki_pin", ""));
  config.proxy = TRY(options.text_or("proxy", ""));
  return make_registry_http(config);
}

}  // namespace

Made<hal::Display> make_display(Options& options) {
  return choose<hal::Display, 1>(options, {{{"sdl", sdl}}});
}

Made<hal::IdReader> make_id_reader(Options& options) {
  return choose<hal::IdReader, 1>(options, {{{"samv", samv}}});
}

Made<hal::ReceiptPrinter> make_receipt_printer(Options& options) {
  return choose<hal::ReceiptPrinter, 1>(options, {{{"escpos", escpos}}});
}

Made<hal::DocumentPrinter> make_document_printer(Options& options) {
  return choose<hal::DocumentPrinter, 1>(options, {{{"ipp", ipp}}});
}

Made<hal::Camera> make_camera(Options& options) {
  return choose<hal::Camera, 2>(options, {{{"v4l2", v4l2}, {"mjpeg", mjpeg}}});
}

Made<hal::FaceFinder> make_face_finder(Options& options) {
  return choose<hal::FaceFinder, 1>(options, {{{"opencv", opencv}}});
}

Made<hal::CodeScanner> make_code_scanner(Options& options) {
  return choose<hal::CodeScanner, 1>(options, {{{"scanner", scanner}}});
}

Made<hal::Registry> make_registry(Options& options) {
  return choose<hal::Registry, 1>(options, {{{"registry_http", registry_http}}});
}

Made<hal::Store> make_store(Options& options, const hal::Schema& schema) {
  TRY(options.one_of("driver", {"sqlite"}));
  const auto path = TRY(options.text("path"));
  const auto key_file = TRY(options.text("key_file"));
  SystemRandom random;
  auto key = TRY(key_from_file(key_file, random));
  return make_sqlite(path, std::move(key), schema);
}

}  // namespace kiosk::drivers
