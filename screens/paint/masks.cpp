#include "screens/paint/masks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "screens/paint/brush.hpp"

namespace kiosk::paint {
namespace {

using screens::Rect;

void fill_rect(cairo_t* to, const Rect& rect) {
  if (rect.width <= 0 || rect.height <= 0) return;
  cairo_rectangle(to, rect.x, rect.y, rect.width, rect.height);
  cairo_fill(to);
}

/// Places the four quarters of a square mask at the corners of `rect`.
void place_corners(cairo_t* to, const Rect& rect, int radius, cairo_surface_t* mask) {
  for (const int right : {0, 1}) {
    for (const int low : {0, 1}) {
      const int x = right ? rect.right() - radius : rect.x;
      const int y = low ? rect.bottom() - radius : rect.y;
      cairo_save(to);
      cairo_rectangle(to, x, y, radius, radius);
      cairo_clip(to);
      cairo_mask_surface(to, mask, x - right * radius, y - low * radius);
      cairo_restore(to);
    }
  }
}

Surface disc(int radius, int hole) {
  Surface mask(cairo_image_surface_create(CAIRO_FORMAT_A8, 2 * radius, 2 * radius));
  const Context on(cairo_create(mask.get()));
  cairo_set_fill_rule(on.get(), CAIRO_FILL_RULE_EVEN_ODD);
  cairo_arc(on.get(), radius, radius, radius, 0, 2 * std::numbers::pi);
  if (hole > 0) {
    cairo_new_sub_path(on.get());
    cairo_arc(on.get(), radius, radius, hole, 0, 2 * std::numbers::pi);
  }
  cairo_fill(on.get());
  return mask;
}

int fitting(const Rect& rect, int radius) {
  return std::max(0, std::min({radius, rect.width / 2, rect.height / 2}));
}

// A shadow is the product of two blurred edges: what a Gaussian makes of a rectangle, without a blur.
constexpr int depth = 18;  // dots the blur reaches to either side of an edge
constexpr double strongest = 0.16;

/// 0..255, from the outermost dot inwards.
std::array<unsigned, 2 * depth> blurred_edge() {
  std::array<unsigned, 2 * depth> edge{};
  for (int i = 0; i < 2 * depth; ++i) {
    const double part = 0.5 * (1 + std::erf((i + 0.5 - depth) / (depth * 0.52)));
    edge[static_cast<std::size_t>(i)] = static_cast<unsigned>(std::lround(255 * part));
  }
  return edge;
}

/// One strip of the shadow of `rect`.
void shadow_strip(cairo_t* to, const Rect& rect, const Rect& strip) {
  if (strip.width <= 0 || strip.height <= 0) return;
  static const auto edge = blurred_edge();
  const auto at = [](int inside, int size) {
    const int nearest = std::min(inside, size - 1 - inside) + depth;
    return edge[static_cast<std::size_t>(std::clamp(nearest, 0, 2 * depth - 1))];
  };
  const Surface mask(cairo_image_surface_create(CAIRO_FORMAT_A8, strip.width, strip.height));
  unsigned char* bits = cairo_image_surface_get_data(mask.get());
  if (bits == nullptr) return;
  const int stride = cairo_image_surface_get_stride(mask.get());
  std::vector<unsigned> across(static_cast<std::size_t>(strip.width));
  for (int x = 0; x < strip.width; ++x)
    across[static_cast<std::size_t>(x)] = at(strip.x + x - rect.x, rect.width);
  for (int y = 0; y < strip.height; ++y) {
    const unsigned down = at(strip.y + y - rect.y, rect.height);
    unsigned char* line = bits + static_cast<std::ptrdiff_t>(y) * stride;
    for (std::size_t x = 0; x < across.size(); ++x)
      line[x] = static_cast<unsigned char>(down * across[x] / 255);
  }
  cairo_surface_mark_dirty(mask.get());
  cairo_mask_surface(to, mask.get(), strip.x, strip.y);
}

}  // namespace

void set_source(cairo_t* to, const Rgba& colour) {
  cairo_set_source_rgba(to, colour.red, colour.green, colour.blue, colour.alpha);
}

void round_path(cairo_t* to, double x, double y, double width, double height, double radius) {
  const double r = std::max(0.0, std::min({radius, width / 2, height / 2}));
  constexpr double quarter = std::numbers::pi / 2;
  cairo_new_sub_path(to);
  cairo_arc(to, x + width - r, y + r, r, -quarter, 0);
  cairo_arc(to, x + width - r, y + height - r, r, 0, quarter);
  cairo_arc(to, x + r, y + height - r, r, quarter, 2 * quarter);
  cairo_arc(to, x + r, y + r, r, 2 * quarter, 3 * quarter);
  cairo_close_path(to);
}

void fill_round(cairo_t* to, const Rect& rect, int radius, const Rgba& colour) {
  const int r = fitting(rect, radius);
  set_source(to, colour);
  fill_rect(to, {rect.x, rect.y + r, rect.width, rect.height - 2 * r});
  if (r == 0) return;
  fill_rect(to, {rect.x + r, rect.y, rect.width - 2 * r, r});
  fill_rect(to, {rect.x + r, rect.bottom() - r, rect.width - 2 * r, r});
  place_corners(to, rect, r, disc(r, 0).get());
}

void fill_band(cairo_t* to, const Rect& rect, int radius, int width, const Rgba& colour) {
  const int r = std::max(fitting(rect, radius), std::min({width, rect.width / 2, rect.height / 2}));
  set_source(to, colour);
  fill_rect(to, {rect.x + r, rect.y, rect.width - 2 * r, width});
  fill_rect(to, {rect.x + r, rect.bottom() - width, rect.width - 2 * r, width});
  fill_rect(to, {rect.x, rect.y + r, width, rect.height - 2 * r});
  fill_rect(to, {rect.right() - width, rect.y + r, width, rect.height - 2 * r});
  if (fitting(rect, radius) == 0) {
    for (const int x : {rect.x, rect.right() - r}) {
      for (const int y : {rect.y, rect.bottom() - r}) fill_rect(to, {x, y, r, r});
    }
  } else {
    place_corners(to, rect, r, disc(r, r - width).get());
  }
}

void through_mask(cairo_t* to, const Rect& rect, const Rgba& colour,
                  const std::function<void(cairo_t*)>& draw) {
  if (rect.width <= 0 || rect.height <= 0) return;
  const Surface mask(cairo_image_surface_create(CAIRO_FORMAT_A8, rect.width, rect.height));
  const Context on(cairo_create(mask.get()));
  draw(on.get());
  set_source(to, colour);
  cairo_mask_surface(to, mask.get(), rect.x, rect.y);
}

void drop_shadow(cairo_t* to, const Rect& rect, int radius) {
  constexpr ShadowReach reach;
  const Rect lower = {rect.x, rect.y + (reach.below - reach.above) / 2, rect.width, rect.height};
  const Rect all = {lower.x - depth, lower.y - depth, lower.width + 2 * depth, lower.height + 2 * depth};
  const int inner = std::max(2 * depth, radius + depth);  // what lies deeper is under the fill
  const int band = std::min(inner, all.height / 2);
  const int flank = std::min(inner, all.width / 2);
  set_source(to, {0.02, 0.07, 0.16, strongest});
  shadow_strip(to, lower, {all.x, all.y, all.width, band});
  shadow_strip(to, lower, {all.x, all.bottom() - band, all.width, band});
  shadow_strip(to, lower, {all.x, all.y + band, flank, all.height - 2 * band});
  shadow_strip(to, lower, {all.right() - flank, all.y + band, flank, all.height - 2 * band});
}

}  // namespace kiosk::paint
