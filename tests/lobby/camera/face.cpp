#include "tests/lobby/camera/face.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numbers>

#include <cairo.h>

#include "tests/lobby/camera/brush.hpp"

namespace kiosk::lobby {
namespace {

using std::numbers::pi;

constexpr std::array<Colour, 4> skins{
    {{0.96, 0.82, 0.70}, {0.91, 0.74, 0.60}, {0.85, 0.67, 0.53}, {0.98, 0.87, 0.78}}};
constexpr std::array<Colour, 5> hairs{
    {{0.10, 0.09, 0.10}, {0.25, 0.16, 0.11}, {0.64, 0.63, 0.64}, {0.36, 0.23, 0.14}, {0.15, 0.16, 0.21}}};
constexpr std::array<Colour, 7> fabrics{{{0.20, 0.36, 0.56},
                                         {0.70, 0.25, 0.24},
                                         {0.22, 0.45, 0.36},
                                         {0.92, 0.90, 0.86},
                                         {0.45, 0.32, 0.52},
                                         {0.86, 0.62, 0.22},
                                         {0.25, 0.26, 0.30}}};

// Somebody's head at the origin, y downwards; 1 is the width of the face finder's box, brow to chin.
class Portrait {
 public:
  Portrait(Brush& brush, const Face& face) : brush_(brush), face_(face) {}

  void draw() {
    hair_behind();
    body();
    head();
    eyes();
    nose();
    mouth();
    hair_in_front();
    brows();
    if (face_.glasses) glasses();
  }

 private:
  double half() const { return 0.46 * face_.width; }  // of the head's width
  double eye_x() const { return 0.205 * face_.eye_gap; }
  static constexpr double eye_y = -0.10;
  static constexpr double mouth_y = 0.34;

  void body() {
    const auto shade = face_.clothes;
    brush_.ellipse(0, 1.32, 1.02, 0.62, shade);
    brush_.shape({{-1.02, 1.3}, {-1.02, 3}, {1.02, 3}, {1.02, 1.3}}, shade);
    brush_.ellipse(0, 0.74, 0.27, 0.20, darker(face_.skin, 0.80));
    brush_.shape({{-0.24, 0.3}, {-0.26, 0.76}, {0.26, 0.76}, {0.24, 0.3}}, darker(face_.skin, 0.80));
    brush_.shape({{-0.27, 0.72},
                  {-0.40, 0.80},
                  {-0.06, 1.16},
                  {0, 0.98},
                  {0.06, 1.16},
                  {0.40, 0.80},
                  {0.27, 0.72},
                  {0, 0.95}},
                 darker(shade, 0.82));
  }

  void head_outline() {
    const double w = half();
    const double j = w * 0.80 * face_.jaw;
    auto* c = brush_.context();
    cairo_new_path(c);
    cairo_move_to(c, 0, -0.66);
    cairo_curve_to(c, w * 0.75, -0.66, w, -0.40, w, -0.05);
    cairo_curve_to(c, w, 0.25, j, 0.44, j * 0.62, 0.54);
    cairo_curve_to(c, j * 0.36, 0.62, -j * 0.36, 0.62, -j * 0.62, 0.54);
    cairo_curve_to(c, -j, 0.44, -w, 0.25, -w, -0.05);
    cairo_curve_to(c, -w, -0.40, -w * 0.75, -0.66, 0, -0.66);
    cairo_close_path(c);
  }

  void head() {
    for (const double side : {-1.0, 1.0}) {
      brush_.ellipse(side * half(), 0.0, 0.075, 0.14, darker(face_.skin, 0.88));
    }
    head_outline();
    brush_.fill_glow(0, 0.02, 0.75, lighter(face_.skin, 0.10), darker(face_.skin, 0.80));
    for (const double side : {-1.0, 1.0}) {  // cheeks
      brush_.glow(side * 0.23, 0.15, 0.19, lighter(face_.skin, 0.5), 0.45);
      brush_.glow(side * 0.25, 0.17, 0.16, {0.93, 0.55, 0.48}, 0.20);
    }
    if (face_.beard) {
      auto* c = brush_.context();
      cairo_save(c);
      head_outline();
      cairo_clip(c);
      brush_.glow(0, 0.54, 0.40, face_.hair, 0.20);
      cairo_restore(c);
    }
  }

  void eyes() {
    for (const double side : {-1.0, 1.0}) {
      const double x = side * eye_x();
      brush_.glow(x, eye_y - 0.015, 0.18, darker(face_.skin, 0.40),
                  0.72);  // the socket's shade is what the cascade sees
      brush_.almond(x, eye_y, 0.106, 0.042, {0.95, 0.93, 0.91});
      brush_.ellipse(x, eye_y, 0.047, 0.043, {0.26, 0.17, 0.12});
      brush_.ellipse(x, eye_y, 0.024, 0.024, {0.07, 0.05, 0.05});
      brush_.ellipse(x + 0.015, eye_y - 0.015, 0.009, 0.009, {1, 1, 1});
      brush_.arc_line(x, eye_y, 0.110, 0.046, 0.022, {0.17, 0.12, 0.11});
    }
  }

  void brows() {
    for (const double side : {-1.0, 1.0}) {
      const double x = side * eye_x();
      brush_.arc_line(x + side * 0.01, eye_y - 0.085, 0.135, 0.05, 0.030 * face_.brow,
                      lighter(darker(face_.hair, 0.8), 0.12));
    }
  }

  void nose() {
    brush_.glow(0, 0.02, 0.085, lighter(face_.skin, 0.45), 0.55);
    brush_.glow(0, 0.13, 0.09, lighter(face_.skin, 0.45), 0.50);
    brush_.glow(0, 0.215, 0.10, darker(face_.skin, 0.55), 0.40);
    for (const double side : {-1.0, 1.0}) {
      brush_.ellipse(side * 0.042, 0.196, 0.020, 0.012, darker(face_.skin, 0.48));
    }
  }

  void mouth() {
    brush_.glow(0, mouth_y + 0.085, 0.11, darker(face_.skin, 0.6), 0.35);
    brush_.smile(0, mouth_y, 0.150 * face_.mouth, 0.036, {0.76, 0.43, 0.39}, {0.48, 0.22, 0.20});
  }

  void hair_behind() {
    const double w = half();
    switch (face_.hair_style) {
      case HairStyle::bob:
        brush_.ellipse(0, -0.12, w + 0.16, 0.66, face_.hair);
        brush_.shape({{-w - 0.15, -0.15}, {-w - 0.17, 0.46}, {w + 0.17, 0.46}, {w + 0.15, -0.15}},
                     face_.hair);
        break;
      case HairStyle::long_straight:
        brush_.ellipse(0, -0.14, w + 0.15, 0.66, face_.hair);
        brush_.shape({{-w - 0.15, -0.15}, {-w - 0.22, 1.2}, {w + 0.22, 1.2}, {w + 0.15, -0.15}}, face_.hair);
        break;
      case HairStyle::bun:
        brush_.ellipse(0, -0.86, 0.20, 0.18, darker(face_.hair, 0.9));
        brush_.ellipse(0, -0.16, w + 0.07, 0.62, face_.hair);
        break;
      case HairStyle::cropped:
      case HairStyle::parted:
        brush_.ellipse(0, -0.20, w + 0.05, 0.58, face_.hair);
        break;
      case HairStyle::thinning:
        for (const double side : {-1.0, 1.0})
          brush_.ellipse(side * (w - 0.01), -0.14, 0.09, 0.24, face_.hair);
        break;
    }
  }

  // The hairline: what lies between it and the crown is hair.
  void crown(const std::vector<Point>& hairline) {
    auto* c = brush_.context();
    const double w = half() + 0.035;
    cairo_new_path(c);
    cairo_move_to(c, -w, -0.12);
    cairo_curve_to(c, -w - 0.03, -0.95, w + 0.03, -0.95, w, -0.12);
    for (std::size_t i = 0; i + 2 < hairline.size(); i += 3) {
      cairo_curve_to(c, hairline[i].x, hairline[i].y, hairline[i + 1].x, hairline[i + 1].y, hairline[i + 2].x,
                     hairline[i + 2].y);
    }
    cairo_close_path(c);
    brush_.fill_glow(-0.1, -0.62, 0.6, lighter(face_.hair, 0.18), face_.hair);
  }

  void hair_in_front() {
    const double w = half() + 0.035;
    switch (face_.hair_style) {
      case HairStyle::cropped:
        crown({{w * 0.92, -0.36},
               {w * 0.8, -0.50},
               {0, -0.50},
               {-w * 0.8, -0.50},
               {-w * 0.92, -0.36},
               {-w, -0.12}});
        break;
      case HairStyle::parted:
        crown({{w * 0.95, -0.34},
               {w * 0.5, -0.36},
               {-0.16, -0.56},
               {-0.26, -0.40},
               {-w * 0.9, -0.36},
               {-w, -0.12}});
        break;
      case HairStyle::bob:
        crown({{w * 0.97, -0.30},
               {w * 0.9, -0.37},
               {0, -0.38},
               {-w * 0.9, -0.37},
               {-w * 0.97, -0.30},
               {-w, -0.12}});
        break;
      case HairStyle::long_straight:
        crown({{w * 0.9, -0.12},
               {w * 0.62, -0.42},
               {0, -0.58},
               {-w * 0.62, -0.42},
               {-w * 0.9, -0.12},
               {-w, -0.12}});
        break;
      case HairStyle::bun:
        crown({{w * 0.9, -0.36},
               {w * 0.6, -0.54},
               {0, -0.53},
               {-w * 0.6, -0.54},
               {-w * 0.9, -0.36},
               {-w, -0.12}});
        break;
      case HairStyle::thinning:
        break;
    }
  }

  void glasses() {
    const Colour frame{0.13, 0.13, 0.16};
    for (const double side : {-1.0, 1.0}) {
      brush_.rounded_frame(side * eye_x(), eye_y + 0.012, 0.165, 0.105, 0.020, frame);
      brush_.line({side * (eye_x() + 0.165), eye_y - 0.01}, {side * half(), eye_y - 0.04}, 0.020, frame);
    }
    brush_.line({-eye_x() + 0.165, eye_y - 0.01}, {eye_x() - 0.165, eye_y - 0.01}, 0.020, frame);
  }

  Brush& brush_;
  const Face& face_;
};

// A hall with a pale wall and a window: something that is not a face.
void draw_hall(Brush& brush, int width, int height) {
  brush.fill_all({0.80, 0.83, 0.85});
  const double w = width;
  const double h = height;
  brush.shape({{0, 0.82 * h}, {w, 0.82 * h}, {w, h}, {0, h}}, {0.68, 0.70, 0.71});
  brush.shape({{0.04 * w, 0.10 * h}, {0.22 * w, 0.10 * h}, {0.22 * w, 0.46 * h}, {0.04 * w, 0.46 * h}},
              {0.90, 0.94, 0.97});
  brush.shape({{0.80 * w, 0.16 * h}, {0.97 * w, 0.16 * h}, {0.97 * w, 0.40 * h}, {0.80 * w, 0.40 * h}},
              {0.72, 0.76, 0.79});
}

double step(std::uint32_t& state) {  // 0..1, from a small linear congruential sequence
  state = state * 1664525U + 1013904223U;
  return static_cast<double>(state >> 8) / static_cast<double>(1U << 24);
}

}  // namespace

Face Face::of(std::uint32_t seed) {
  std::uint32_t state = seed * 2654435761U + 12345U;
  const auto around_one = [&](double spread) { return 1 + spread * (2 * step(state) - 1); };
  Face face;
  face.hair_style = static_cast<HairStyle>(seed % 6);
  face.glasses = (seed / 6 + seed) % 2 == 1;
  face.hair = hairs[(seed / 2 + seed / 12) % hairs.size()];
  face.skin = skins[(seed / 3) % skins.size()];
  face.clothes = fabrics[(seed * 3 + 1) % fabrics.size()];
  face.width = around_one(0.07);
  face.jaw = around_one(0.10);
  face.eye_gap = around_one(0.06);
  face.brow = around_one(0.3);
  face.mouth = around_one(0.18);
  face.beard =
      (face.hair_style == HairStyle::thinning || face.hair_style == HairStyle::cropped) && step(state) < 0.4;
  return face;
}

hal::Frame draw(const Scene& scene, int width, int height, double sway) {
  Brush brush(width, height);
  draw_hall(brush, width, height);
  for (const auto& person : scene.people) {
    auto* c = brush.context();
    const double box = 0.45 * height * 0.6 / std::max(0.1, person.distance_m);
    cairo_save(c);
    cairo_translate(c, width * (1 + person.offset_x) / 2 + sway, height * (1 + person.offset_y) / 2);
    cairo_scale(c, box, box);
    const Face face = Face::of(person.seed);
    Portrait(brush, face).draw();
    cairo_restore(c);
  }
  brush.light(scene.light);
  brush.grain();
  hal::Frame frame = brush.frame();
  blur(frame, static_cast<int>(std::lround(scene.blur * height / 480)));
  return frame;
}

}  // namespace kiosk::lobby
