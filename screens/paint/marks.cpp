#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>

#include "assets/icons/icons.hpp"
#include "screens/paint/brush.hpp"
#include "screens/paint/masks.hpp"

namespace kiosk::paint {
namespace {

using screens::Rect;

/// Draws a shape in one colour: through a mask on dots, as a path in a document.
template <class Draw>
void shape(const Brush& brush, const Rect& rect, const Rgba& colour, const Draw& draw) {
  if (brush.medium == Medium::dots) return through_mask(brush.to, rect, colour, draw);
  cairo_save(brush.to);
  cairo_translate(brush.to, rect.x, rect.y);
  set_source(brush.to, colour);
  draw(brush.to);
  cairo_restore(brush.to);
}

void round_caps(cairo_t* to) {
  cairo_set_line_cap(to, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(to, CAIRO_LINE_JOIN_ROUND);
}

/// Curves through the points: straight pieces between two samples of a finger look like wire.
void smooth_path(cairo_t* to, const Stroke& stroke, double width, double height) {
  const auto x = [&](std::size_t i) { return stroke[i].x * width; };
  const auto y = [&](std::size_t i) { return stroke[i].y * height; };
  cairo_move_to(to, x(0), y(0));
  const std::size_t last = stroke.size() - 1;
  for (std::size_t i = 0; i < last; ++i) {  // Catmull-Rom, as cubic Bézier
    const std::size_t before = i > 0 ? i - 1 : 0, after = std::min(i + 2, last);
    cairo_curve_to(to, x(i) + (x(i + 1) - x(before)) / 6, y(i) + (y(i + 1) - y(before)) / 6,
                   x(i + 1) - (x(after) - x(i)) / 6, y(i + 1) - (y(after) - y(i)) / 6, x(i + 1), y(i + 1));
  }
  if (last == 0) cairo_line_to(to, x(0), y(0));  // a dot
}

/// The picture scaled to cover `rect`, as a pattern in the rect's own coordinates.
Pattern covering(const screens::Picture& picture, cairo_surface_t* dots) {
  const double scale = std::max(static_cast<double>(picture.rect.width) / picture.dots->width,
                                static_cast<double>(picture.rect.height) / picture.dots->height);
  Pattern pattern(cairo_pattern_create_for_surface(dots));
  cairo_matrix_t matrix;
  cairo_matrix_init_translate(&matrix, picture.dots->width / 2.0, picture.dots->height / 2.0);
  cairo_matrix_scale(&matrix, (picture.mirrored ? -1 : 1) / scale, 1 / scale);
  cairo_matrix_translate(&matrix, -picture.rect.width / 2.0, -picture.rect.height / 2.0);
  cairo_pattern_set_matrix(pattern.get(), &matrix);
  // A sheet of paper made much smaller would lose its thin lines between the dots that bilinear looks at.
  cairo_pattern_set_filter(pattern.get(), scale < 0.8 ? CAIRO_FILTER_GOOD : CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend(pattern.get(), CAIRO_EXTEND_PAD);
  return pattern;
}

void outline(cairo_t* to, const screens::Picture& picture) {
  const double width = picture.rect.width, height = picture.rect.height;
  if (!picture.oval) return round_path(to, 0, 0, width, height, picture.radius);
  cairo_save(to);
  cairo_scale(to, width / 2, height / 2);
  cairo_arc(to, 1, 1, 1, 0, 2 * std::numbers::pi);
  cairo_restore(to);
}

}  // namespace

void paint(const Brush& brush, const screens::Fill& fill) {
  const bool filled = fill.colour != screens::Colour::none;
  const bool bordered = fill.border != screens::Colour::none && fill.border_width > 0;
  const Rgba inside = brush.fill(fill.colour), edge = rgba(fill.border, brush.theme);
  if (brush.medium == Medium::vector) {
    const auto& r = fill.rect;
    set_source(brush.to, inside);
    round_path(brush.to, r.x, r.y, r.width, r.height, fill.radius);
    filled ? cairo_fill(brush.to) : cairo_new_path(brush.to);
    if (!bordered) return;
    const double half = fill.border_width / 2.0;
    round_path(brush.to, r.x + half, r.y + half, r.width - 2 * half, r.height - 2 * half, fill.radius - half);
    set_source(brush.to, edge);
    cairo_set_line_width(brush.to, fill.border_width);
    cairo_stroke(brush.to);
    return;
  }
  const bool soft = brush.theme == screens::Theme::standard || brush.theme == screens::Theme::low_contrast;
  if (fill.shadow && soft) drop_shadow(brush.to, fill.rect, fill.radius);
  if (filled) fill_round(brush.to, fill.rect, fill.radius, inside);
  if (bordered) fill_band(brush.to, fill.rect, fill.radius, fill.border_width, edge);
}

void paint(const Brush& brush, const screens::TextRun& run) {
  brush.type.draw(brush.to, run, rgba(run.colour, brush.theme));
}

void paint(const Brush& brush, const screens::Icon& icon) {
  const Rgba colour = rgba(icon.colour, brush.theme);
  const assets::IconDrawing* drawing = assets::find_icon(icon.name);
  if (drawing == nullptr) return;
  const double scale = std::min(icon.rect.width / drawing->width, icon.rect.height / drawing->height);
  shape(brush, icon.rect, colour, [&](cairo_t* to) {
    cairo_translate(to, (icon.rect.width - drawing->width * scale) / 2,
                    (icon.rect.height - drawing->height * scale) / 2);
    cairo_scale(to, scale, scale);
    round_caps(to);
    for (const auto& part : drawing->shapes) {
      using Op = assets::PathStep::Op;
      for (const auto& step : part.path) {
        if (step.op == Op::move) cairo_move_to(to, step.x, step.y);
        if (step.op == Op::line) cairo_line_to(to, step.x, step.y);
        if (step.op == Op::curve) cairo_curve_to(to, step.x1, step.y1, step.x2, step.y2, step.x, step.y);
        if (step.op == Op::close) cairo_close_path(to);
      }
      set_source(to, {colour.red, colour.green, colour.blue, part.opacity});
      cairo_set_line_width(to, part.stroke);
      part.stroke > 0 ? cairo_stroke(to) : cairo_fill(to);
    }
  });
}

void paint(const Brush& brush, const screens::Picture& picture) {
  if (!picture.dots || picture.dots->width <= 0 || picture.dots->height <= 0) return;
  const int width = picture.dots->width, height = picture.dots->height;
  if (picture.dots->bgrx.size() < static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4)
    return;
  // Cairo only reads from it.
  auto* bytes = const_cast<unsigned char*>(picture.dots->bgrx.data());
  const Surface dots(
      cairo_image_surface_create_for_data(bytes, CAIRO_FORMAT_RGB24, width, height, width * 4));
  const Pattern pattern = covering(picture, dots.get());
  const Surface mask(cairo_image_surface_create(CAIRO_FORMAT_A8, picture.rect.width, picture.rect.height));
  const Context on(cairo_create(mask.get()));
  outline(on.get(), picture);
  cairo_fill(on.get());
  // Scaled as a whole: asked for a part of it, pixman would round the dots at its edges another way.
  const Surface scaled(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture.rect.width, picture.rect.height));
  const Context scaling(cairo_create(scaled.get()));
  cairo_set_source(scaling.get(), pattern.get());
  cairo_paint(scaling.get());
  cairo_set_source_surface(brush.to, scaled.get(), picture.rect.x, picture.rect.y);
  cairo_mask_surface(brush.to, mask.get(), picture.rect.x, picture.rect.y);
}

void paint(const Brush& brush, const screens::Ink& ink) {
  const double width = ink.rect.width, height = ink.rect.height;
  shape(brush, ink.rect, rgba(screens::Colour::ink, brush.theme), [&](cairo_t* to) {
    round_caps(to);
    cairo_set_line_width(to, std::max(1.5, height * 0.018));
    for (const auto& stroke : ink.strokes) {
      if (stroke.empty()) continue;
      smooth_path(to, stroke, width, height);
      cairo_stroke(to);
    }
  });
}

void paint(const Brush& brush, const screens::Ring& ring) {
  const double size = std::min(ring.rect.width, ring.rect.height), line = size * 0.1;
  const double from = -std::numbers::pi / 2 + (ring.part < 0 ? -ring.part * 2 * std::numbers::pi : 0);
  const double length = ring.part < 0 ? 0.28 : std::min(ring.part, 1.0);
  const auto arc = [&](double start, double part) {
    return [=, &ring](cairo_t* to) {
      round_caps(to);
      cairo_set_line_width(to, line);
      cairo_arc(to, ring.rect.width / 2.0, ring.rect.height / 2.0, (size - line) / 2, start,
                start + part * 2 * std::numbers::pi);
      cairo_stroke(to);
    };
  };
  shape(brush, ring.rect, rgba(screens::Colour::sunken, brush.theme), arc(0, 1));
  if (length > 0) shape(brush, ring.rect, rgba(ring.colour, brush.theme), arc(from, length));
}

void paint_focus(const Brush& brush, const Rect& rect, int radius) {
  constexpr int line = focus_reach / 2;
  const auto around = [&](int by) {
    return Rect{rect.x - by, rect.y - by, rect.width + 2 * by, rect.height + 2 * by};
  };
  fill_band(brush.to, around(2 * line), radius + 2 * line, line,
            rgba(screens::Colour::focus_outer, brush.theme));
  fill_band(brush.to, around(line), radius + line, line, rgba(screens::Colour::focus, brush.theme));
}

}  // namespace kiosk::paint
