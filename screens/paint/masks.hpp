#pragma once
// Shapes with smoothed edges, placed on whole dots. Private to screens/paint.

#include <functional>
#include <memory>

#include <cairo.h>

#include "screens/layout.hpp"
#include "screens/paint/palette.hpp"

namespace kiosk::paint {

struct FreeSurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct FreeContext {
  void operator()(cairo_t* context) const { cairo_destroy(context); }
};
struct FreePattern {
  void operator()(cairo_pattern_t* pattern) const { cairo_pattern_destroy(pattern); }
};
using Surface = std::unique_ptr<cairo_surface_t, FreeSurface>;
using Context = std::unique_ptr<cairo_t, FreeContext>;
using Pattern = std::unique_ptr<cairo_pattern_t, FreePattern>;

void set_source(cairo_t* to, const Rgba& colour);

/// Adds a rectangle with round corners to the path.
void round_path(cairo_t* to, double x, double y, double width, double height, double radius);

/// A rectangle with round corners, filled. Only the corners pass through a mask.
void fill_round(cairo_t* to, const screens::Rect& rect, int radius, const Rgba& colour);

/// The band of `width` dots inside the edge of such a rectangle.
void fill_band(cairo_t* to, const screens::Rect& rect, int radius, int width, const Rgba& colour);

/// Runs `draw` on a mask the size of `rect` (its origin at the rect's corner) and paints `colour` through it.
void through_mask(cairo_t* to, const screens::Rect& rect, const Rgba& colour,
                  const std::function<void(cairo_t*)>& draw);

/// A soft shadow under a rectangle, reaching ShadowReach over its edges.
void drop_shadow(cairo_t* to, const screens::Rect& rect, int radius);

}  // namespace kiosk::paint
