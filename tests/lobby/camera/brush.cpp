#include "tests/lobby/camera/brush.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

namespace kiosk::lobby {
namespace {

constexpr double full_turn = 2 * std::numbers::pi;

// One pass of a box filter over a line of `count` dots, `stride` bytes apart.
void blur_line(std::uint8_t* line, int count, std::ptrdiff_t stride, int radius,
               std::vector<std::uint8_t>& copy) {
  for (int channel = 0; channel < 3; channel++) {
    copy.resize(static_cast<std::size_t>(count));
    for (int i = 0; i < count; i++) copy[static_cast<std::size_t>(i)] = line[i * stride + channel];
    const auto at = [&](int i) { return int{copy[static_cast<std::size_t>(std::clamp(i, 0, count - 1))]}; };
    int sum = 0;
    for (int i = -radius; i <= radius; i++) sum += at(i);
    for (int i = 0; i < count; i++) {
      line[i * stride + channel] = static_cast<std::uint8_t>(sum / (2 * radius + 1));
      sum += at(i + radius + 1) - at(i - radius);
    }
  }
}

}  // namespace

Colour darker(Colour c, double factor) {
  return {c.red * factor, c.green * factor, c.blue * factor};
}

Colour lighter(Colour c, double part) {
  return {c.red + (1 - c.red) * part, c.green + (1 - c.green) * part, c.blue + (1 - c.blue) * part};
}

Brush::Brush(int width, int height)
    : surface_(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height), cairo_surface_destroy),
      context_(cairo_create(surface_.get()), cairo_destroy) {
  cairo_set_line_cap(context_.get(), CAIRO_LINE_CAP_ROUND);
}

void Brush::paint(Colour colour, double alpha) {
  cairo_set_source_rgba(context(), colour.red, colour.green, colour.blue, alpha);
}

void Brush::fill_all(Colour colour) {
  paint(colour);
  cairo_paint(context());
}

void Brush::ellipse(double x, double y, double radius_x, double radius_y, Colour colour) {
  auto* c = context();
  cairo_save(c);
  cairo_translate(c, x, y);
  cairo_scale(c, radius_x, radius_y);
  cairo_new_path(c);
  cairo_arc(c, 0, 0, 1, 0, full_turn);
  cairo_restore(c);
  paint(colour);
  cairo_fill(c);
}

void Brush::shape(const std::vector<Point>& corners, Colour colour) {
  cairo_new_path(context());
  for (const auto& corner : corners) cairo_line_to(context(), corner.x, corner.y);
  cairo_close_path(context());
  paint(colour);
  cairo_fill(context());
}

void Brush::almond(double x, double y, double radius_x, double radius_y, Colour colour) {
  auto* c = context();
  cairo_new_path(c);
  cairo_move_to(c, x - radius_x, y);
  cairo_curve_to(c, x - radius_x / 2, y - 1.4 * radius_y, x + radius_x / 2, y - 1.4 * radius_y, x + radius_x,
                 y);
  cairo_curve_to(c, x + radius_x / 2, y + 1.2 * radius_y, x - radius_x / 2, y + 1.2 * radius_y, x - radius_x,
                 y);
  paint(colour);
  cairo_fill(c);
}

void Brush::arc_line(double x, double y, double radius_x, double rise, double thickness, Colour colour) {
  auto* c = context();
  cairo_new_path(c);
  cairo_move_to(c, x - radius_x, y);
  cairo_curve_to(c, x - radius_x / 2, y - 1.4 * rise, x + radius_x / 2, y - 1.4 * rise, x + radius_x, y);
  paint(colour);
  cairo_set_line_width(c, thickness);
  cairo_stroke(c);
}

void Brush::smile(double x, double y, double half_width, double lip, Colour lips, Colour line_colour) {
  auto* c = context();
  cairo_new_path(c);
  cairo_move_to(c, x - half_width, y - lip * 0.5);
  cairo_curve_to(c, x - half_width / 2, y - 1.1 * lip, x - half_width / 8, y - 1.2 * lip, x, y - 0.7 * lip);
  cairo_curve_to(c, x + half_width / 8, y - 1.2 * lip, x + half_width / 2, y - 1.1 * lip, x + half_width,
                 y - lip * 0.5);
  cairo_curve_to(c, x + half_width / 2, y + 2.2 * lip, x - half_width / 2, y + 2.2 * lip, x - half_width,
                 y - lip * 0.5);
  paint(lips);
  cairo_fill(c);
  cairo_new_path(c);
  cairo_move_to(c, x - half_width, y - lip * 0.5);
  cairo_curve_to(c, x - half_width / 2, y + lip * 0.5, x + half_width / 2, y + lip * 0.5, x + half_width,
                 y - lip * 0.5);
  paint(line_colour);
  cairo_set_line_width(c, lip * 0.45);
  cairo_stroke(c);
}

void Brush::rounded_frame(double x, double y, double radius_x, double radius_y, double thickness,
                          Colour colour) {
  auto* c = context();
  const double r = std::min(radius_x, radius_y) * 0.7;
  cairo_new_path(c);
  cairo_arc(c, x + radius_x - r, y - radius_y + r, r, -full_turn / 4, 0);
  cairo_arc(c, x + radius_x - r, y + radius_y - r, r, 0, full_turn / 4);
  cairo_arc(c, x - radius_x + r, y + radius_y - r, r, full_turn / 4, full_turn / 2);
  cairo_arc(c, x - radius_x + r, y - radius_y + r, r, full_turn / 2, full_turn * 3 / 4);
  cairo_close_path(c);
  paint(colour);
  cairo_set_line_width(c, thickness);
  cairo_stroke(c);
}

void Brush::line(Point from, Point to, double thickness, Colour colour) {
  cairo_new_path(context());
  cairo_move_to(context(), from.x, from.y);
  cairo_line_to(context(), to.x, to.y);
  paint(colour);
  cairo_set_line_width(context(), thickness);
  cairo_stroke(context());
}

void Brush::glow(double x, double y, double radius, Colour colour, double strength) {
  auto* c = context();
  auto* pattern = cairo_pattern_create_radial(x, y, 0, x, y, radius);
  cairo_pattern_add_color_stop_rgba(pattern, 0, colour.red, colour.green, colour.blue, strength);
  cairo_pattern_add_color_stop_rgba(pattern, 1, colour.red, colour.green, colour.blue, 0);
  cairo_set_source(c, pattern);
  cairo_new_path(c);
  cairo_arc(c, x, y, radius, 0, full_turn);
  cairo_fill(c);
  cairo_pattern_destroy(pattern);
}

void Brush::fill_glow(double x, double y, double radius, Colour inner, Colour outer) {
  auto* pattern = cairo_pattern_create_radial(x, y, radius / 4, x, y, radius);
  cairo_pattern_add_color_stop_rgb(pattern, 0, inner.red, inner.green, inner.blue);
  cairo_pattern_add_color_stop_rgb(pattern, 1, outer.red, outer.green, outer.blue);
  cairo_set_source(context(), pattern);
  cairo_fill(context());
  cairo_pattern_destroy(pattern);
}

void Brush::light(double amount) {
  if (amount < 1) paint({0, 0, 0}, std::min(1.0, 1 - amount));
  if (amount > 1) paint({1, 1, 1}, std::min(1.0, amount - 1));
  if (amount != 1) cairo_paint(context());
}

void Brush::grain() {
  cairo_surface_flush(surface_.get());
  auto* bytes = cairo_image_surface_get_data(surface_.get());
  const int size =
      cairo_image_surface_get_stride(surface_.get()) * cairo_image_surface_get_height(surface_.get());
  std::uint32_t state = 1;
  for (int i = 0; i < size; i++) {
    state = state * 1664525U + 1013904223U;
    const int noise = static_cast<int>(state >> 29) - 4;
    bytes[i] = static_cast<unsigned char>(std::clamp(bytes[i] + noise, 0, 255));
  }
  cairo_surface_mark_dirty(surface_.get());
}

hal::Frame Brush::frame() const {
  cairo_surface_flush(surface_.get());
  const int width = cairo_image_surface_get_width(surface_.get());
  const int height = cairo_image_surface_get_height(surface_.get());
  const auto* bytes =
      cairo_image_surface_get_data(surface_.get());  // RGB24 of a little-endian machine: B G R x
  hal::Frame frame{.width = width, .height = height, .bgrx = {}, .taken_at = Steady::now()};
  frame.bgrx.assign(bytes,
                    bytes + std::ptrdiff_t{4} * width * height);  // rows of 4-byte dots need no padding
  return frame;
}

void blur(hal::Frame& frame, int radius) {
  if (radius <= 0) return;
  std::vector<std::uint8_t> copy;
  const std::ptrdiff_t row = std::ptrdiff_t{4} * frame.width;
  for (int pass = 0; pass < 3; pass++) {
    for (int y = 0; y < frame.height; y++)
      blur_line(frame.bgrx.data() + y * row, frame.width, 4, radius, copy);
    for (int x = 0; x < frame.width; x++)
      blur_line(frame.bgrx.data() + std::ptrdiff_t{4} * x, frame.height, row, radius, copy);
  }
}

}  // namespace kiosk::lobby
