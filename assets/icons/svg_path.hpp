#pragma once
// The `d` of an SVG path as moves, lines and cubic curves.

#include <optional>
#include <string_view>
#include <vector>

#include "assets/icons/icons.hpp"

namespace kiosk::assets {

/// Every command of SVG 1.1 (8.3), absolute and relative; quadratic curves and arcs become cubic ones.
/// Nothing for anything else.
std::optional<std::vector<PathStep>> parse_svg_path(std::string_view d);

/// Closed outlines of the basic shapes (SVG 1.1, 9).
std::vector<PathStep> rectangle(double x, double y, double width, double height, double radius);
std::vector<PathStep> ellipse(double cx, double cy, double rx, double ry);

}  // namespace kiosk::assets
