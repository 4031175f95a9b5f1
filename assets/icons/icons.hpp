#pragma once
// The icons as paths, made at build time from the .svg files of this folder: nothing parses SVG at run time.

#include <cstdint>
#include <span>
#include <string_view>

namespace kiosk::assets {

/// One step of a path, in the icon's own units.
struct PathStep {
  enum class Op : std::uint8_t { move, line, curve, close } op;
  double x1 = 0, y1 = 0, x2 = 0, y2 = 0;  ///< control points (curve only)
  double x = 0, y = 0;                    ///< where it ends (not for close)
};

/// One path. Filled, or stroked with round caps and joins.
struct IconShape {
  std::span<const PathStep> path;
  double stroke = 0;   ///< line width in the icon's units; 0: filled (non-zero winding)
  double opacity = 1;  ///< of the icon's one colour: < 1 for the soft areas of illustrations
};

/// To draw it in a rectangle: scale by the smaller of rect.width/width and rect.height/height, centred.
struct IconDrawing {
  std::string_view name;
  double width = 24, height = 24;
  std::span<const IconShape> shapes;
};

/// The icon made from <name>.svg, or nullptr.
const IconDrawing* find_icon(std::string_view name);

/// All of them, by name.
std::span<const IconDrawing> all_icons();

}  // namespace kiosk::assets
