// lib/kiosk/ipp.so
#include "drivers/ipp/document_printer.hpp"
#include "drivers/link/module.hpp"

using namespace kiosk;

extern "C" drivers::ModuleMake<hal::DocumentPrinter, std::string> kiosk_make;

void kiosk_make(const std::string& uri, Result<std::unique_ptr<hal::DocumentPrinter>>& made) {
  made = drivers::make_ipp(uri);
}
