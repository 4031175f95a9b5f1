#pragma once
// Painting one mark. Private to screens/paint.
//
// On dots every mark comes out the same whatever part of it is asked for: what Cairo smooths is drawn whole
// into a mask of its own and then placed on whole dots. A repainted corner of the screen is byte for byte
// what a repainted screen would show there.

#include <cairo.h>

#include "screens/layout.hpp"
#include "screens/look.hpp"
#include "screens/paint/palette.hpp"
#include "screens/paint/type.hpp"

namespace kiosk::paint {

enum class Medium { dots, vector };

/// Where and how to paint.
struct Brush {
  cairo_t* to = nullptr;
  const Type& type;
  screens::Theme theme = screens::Theme::standard;
  Medium medium = Medium::dots;
  bool pressed = false;  ///< fills as under a finger

  Rgba fill(screens::Colour role) const {
    return pressed ? paint::pressed(rgba(role, theme)) : rgba(role, theme);
  }
};

/// How far a shadow reaches over the edges of its fill.
struct ShadowReach {
  int side = 18, above = 12, below = 24;
};

void paint(const Brush& brush, const screens::Fill& fill);
void paint(const Brush& brush, const screens::TextRun& run);
void paint(const Brush& brush, const screens::Icon& icon);
void paint(const Brush& brush, const screens::QrCode& code);
void paint(const Brush& brush, const screens::Picture& picture);
void paint(const Brush& brush, const screens::Ink& ink);
void paint(const Brush& brush, const screens::Ring& ring);

/// The two-tone focus ring, 4 + 4 dots outside `rect` (WCAG 2.4.13).
void paint_focus(const Brush& brush, const screens::Rect& rect, int radius);
inline constexpr int focus_reach = 8;

}  // namespace kiosk::paint
