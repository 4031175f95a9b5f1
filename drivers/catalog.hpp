#pragma once
// From the configuration's words to devices. catalog.cpp is the only list of drivers.

#include <memory>

#include "hal/base/options.hpp"
#include "hal/camera.hpp"
#include "hal/code_scanner.hpp"
#include "hal/display.hpp"
#include "hal/document_printer.hpp"
#include "hal/face_finder.hpp"
#include "hal/id_reader.hpp"
#include "hal/receipt_printer.hpp"
#include "hal/registry.hpp"
#include "hal/release_mirror.hpp"
#include "hal/store.hpp"

namespace kiosk::drivers {

/// Reads one table of the configuration ("id_reader", "store", ...) and makes nothing. `malformed` with file,
/// line, key and what is allowed.
Result<void> check(const std::string& table, Options& options);

// Each takes one table of the configuration; its key `driver` chooses. `malformed` as check(). None of them
// touches hardware: a device that is not there shows in its status().
Result<std::unique_ptr<hal::Display>> make_display(Options& options);
Result<std::unique_ptr<hal::IdReader>> make_id_reader(Options& options);
Result<std::unique_ptr<hal::ReceiptPrinter>> make_receipt_printer(Options& options);
Result<std::unique_ptr<hal::DocumentPrinter>> make_document_printer(Options& options);
Result<std::unique_ptr<hal::Camera>> make_camera(Options& options);
Result<std::unique_ptr<hal::FaceFinder>> make_face_finder(Options& options);
Result<std::unique_ptr<hal::CodeScanner>> make_code_scanner(Options& options);
Result<std::unique_ptr<hal::Registry>> make_registry(Options& options);
Result<std::unique_ptr<hal::ReleaseMirror>> make_release_mirror(Options& options);

/// Opens the store with the program's tables: this one does touch the disk (`storage`).
Result<std::unique_ptr<hal::Store>> make_store(Options& options, const hal::Schema& schema);

}  // namespace kiosk::drivers
