#pragma once
// From laid-out paper to what printers take.

#include <memory>
#include <string>
#include <vector>

#include "firmware/documents/sheet.hpp"
#include "hal/document_printer.hpp"
#include "screens/paint/type.hpp"

namespace kiosk::documents {

/// The fonts for one paper, on the thread that makes it.
std::unique_ptr<paint::Type> open_type();

/// What to bring when the release is missing, in the look's language.
std::vector<std::string> materials(const screens::Look& look);

/// A4, with the fonts embedded. `title` is a kind of document, never a name.
hal::Document pdf(const paint::Type& type, Sheet sheet, const std::string& title);

/// The same pages as pictures for the glass, as fine as the stock is printed.
std::vector<std::shared_ptr<const screens::Picture::Dots>> pictures(const paint::Type& type, Sheet sheet);

}  // namespace kiosk::documents
