#pragma once
// Every device and outside party of the configuration.

#include <memory>

#include "drivers/catalog.hpp"
#include "firmware/app/configuration.hpp"
#include "firmware/session/session.hpp"

namespace kiosk::app {

/// In the order they are made; destroyed in reverse.
struct Machine {
  // Before the cameras: whoever starts libcurl first chooses its allocator, and this driver's wipes.
  std::unique_ptr<hal::Registry> session_registry, outside_registry;
  std::unique_ptr<hal::IdReader> id_reader;
  std::unique_ptr<hal::ReceiptPrinter> receipt_printer;
  std::unique_ptr<hal::DocumentPrinter> document_printer;
  std::unique_ptr<hal::Camera> camera;
  std::unique_ptr<hal::FaceFinder> faces;
  std::unique_ptr<hal::CodeScanner> scanner;

  /// `malformed`: a table of the configuration · `storage`: a file that one names cannot be read. A device
  /// that is not there is no error: its status says so.
  static Result<Machine> make(Configuration& configuration);

  session::Devices devices() {
    return {*id_reader, *receipt_printer, *document_printer, *camera, *faces, *scanner};
  }
};

/// Makes what one table of the configuration describes.
template <class Make>
auto make_from(Configuration& configuration, const std::string& table, Make make_it)
    -> std::invoke_result_t<Make, Options&> {
  return make_it(configuration.devices.at(table));
}

}  // namespace kiosk::app
