#pragma once
// What the drawn people are drawn with: soft shapes over Cairo, and what a lens does to a picture.

#include <memory>
#include <vector>

#include <cairo.h>

#include "hal/camera.hpp"
#include "tests/lobby/camera/face.hpp"

namespace kiosk::lobby {

struct Point {
  double x = 0, y = 0;
};

Colour darker(Colour colour, double factor);  ///< factor 1 leaves it, 0 is black
Colour lighter(Colour colour, double part);   ///< part 0 leaves it, 1 is white

/// Draws into a picture of its own. Lengths are in the context's units.
class Brush {
 public:
  Brush(int width, int height);
  cairo_t* context() { return context_.get(); }

  void fill_all(Colour colour);
  void ellipse(double x, double y, double radius_x, double radius_y, Colour colour);
  void shape(const std::vector<Point>& corners, Colour colour);
  void almond(double x, double y, double radius_x, double radius_y, Colour colour);  ///< an open eye
  void arc_line(double x, double y, double radius_x, double rise, double thickness,
                Colour colour);  ///< brow, lid
  void smile(double x, double y, double half_width, double lip, Colour lips, Colour line);
  void rounded_frame(double x, double y, double radius_x, double radius_y, double thickness, Colour colour);
  void line(Point from, Point to, double thickness, Colour colour);
  void glow(double x, double y, double radius, Colour colour,
            double strength);  ///< fades out towards the radius
  void fill_glow(double x, double y, double radius, Colour inner,
                 Colour outer);  ///< fills the path that is set

  void light(double amount);  ///< 0 dark .. 1 as drawn .. 2 washed out
  void grain();               ///< the noise of a sensor, always the same
  hal::Frame frame() const;

 private:
  void paint(Colour colour, double alpha = 1);

  std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface_;
  std::unique_ptr<cairo_t, decltype(&cairo_destroy)> context_;
};

/// A lens out of focus: three passes of a box of `radius` dots.
void blur(hal::Frame& frame, int radius);

}  // namespace kiosk::lobby
