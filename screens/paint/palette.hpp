#pragma once
// What the colour roles look like in each of the four themes (UX 2.4).

#include <cstdint>

#include "screens/layout.hpp"
#include "screens/look.hpp"

namespace kiosk::paint {

/// 0..1 each; alpha is 1 but for the scrim.
struct Rgba {
  double red = 0, green = 0, blue = 0, alpha = 1;
  bool operator==(const Rgba&) const = default;
};

/// The role's colour; alpha 0 for Colour::none.
Rgba rgba(screens::Colour role, screens::Theme theme);

/// A fill while a finger is on it: clearly other than before, its text still readable.
Rgba pressed(const Rgba& fill);

/// Contrast of two opaque colours, 1..21 (WCAG 2.2, relative luminance).
double contrast(const Rgba& a, const Rgba& b);

}  // namespace kiosk::paint
