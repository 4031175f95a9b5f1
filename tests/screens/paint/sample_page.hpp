#pragma once
// A page with every kind of mark on it, and pieces to build others.

#include "screens/layout.hpp"
#include "screens/look.hpp"
#include "screens/paint/type.hpp"

namespace kiosk::testing {

/// Fonts are opened once for all tests of the program.
const paint::Type& sample_type();

screens::Look sample_look(screens::Theme theme = screens::Theme::standard);

screens::Node sample_tile(const std::string& id, const screens::Rect& rect, const std::string& icon,
                          const std::string& words);

/// Heading, tiles, a warning band, QR code, mirrored oval picture, signature, rings.
screens::Layout sample_page();

}  // namespace kiosk::testing
