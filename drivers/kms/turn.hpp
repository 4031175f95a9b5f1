#pragma once
// A panel that is built in turned: a portrait glass on a landscape panel. Private to drivers/kms.

#include "hal/display.hpp"

namespace kiosk::drivers {

/// How far the panel was turned clockwise, as the citizen sees it, from how it is wired.
enum class Turn { none, right, half, left };

struct Dots {
  int width = 0, height = 0;
  bool operator==(const Dots&) const = default;
};

/// The size of a panel as the citizen sees it, and back: both directions are the same.
Dots turned(Dots size, Turn turn);

/// Where a part of the upright picture of `upright` dots lies on the panel.
hal::DotRect on_panel(const hal::DotRect& part, Dots upright, Turn turn);

/// A place on the panel (0 to 1 from its own top left corner) as the citizen sees it.
struct Place {
  double x = 0, y = 0;
};
Place upright(Place on_panel, Turn turn);

/// Copies `part` of the upright picture to the panel. Both must hold it; `part` must lie inside.
void copy_turned(const hal::Canvas& picture, const hal::Canvas& panel, const hal::DotRect& part, Turn turn);

}  // namespace kiosk::drivers
