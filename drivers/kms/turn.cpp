#include "drivers/kms/turn.hpp"

#include <algorithm>
#include <cstddef>

namespace kiosk::drivers {

using hal::Canvas;
using hal::DotRect;

namespace {

std::uint32_t* at(const Canvas& canvas, int x, int y) {
  return canvas.dots + static_cast<std::ptrdiff_t>(y) * canvas.stride + x;
}

/// How the panel's address changes with one step right and one step down in the picture.
struct Steps {
  std::ptrdiff_t right, down;
};

Steps steps(const Canvas& panel, Turn turn) {
  switch (turn) {
    case Turn::none:
      return {1, panel.stride};
    case Turn::right:
      return {-panel.stride, 1};
    case Turn::half:
      return {-1, -panel.stride};
    case Turn::left:
      return {panel.stride, -1};
  }
  return {1, panel.stride};
}

}  // namespace

Dots turned(Dots size, Turn turn) {
  const bool sideways = turn == Turn::right || turn == Turn::left;
  return sideways ? Dots{size.height, size.width} : size;
}

DotRect on_panel(const DotRect& part, Dots upright, Turn turn) {
  const int right = upright.width - part.x - part.width, below = upright.height - part.y - part.height;
  switch (turn) {
    case Turn::none:
      return part;
    case Turn::right:
      return {part.y, right, part.height, part.width};
    case Turn::half:
      return {right, below, part.width, part.height};
    case Turn::left:
      return {below, part.x, part.height, part.width};
  }
  return part;
}

Place upright(Place on_panel, Turn turn) {
  switch (turn) {
    case Turn::none:
      return on_panel;
    case Turn::right:
      return {1 - on_panel.y, on_panel.x};
    case Turn::half:
      return {1 - on_panel.x, 1 - on_panel.y};
    case Turn::left:
      return {on_panel.y, 1 - on_panel.x};
  }
  return on_panel;
}

void copy_turned(const Canvas& picture, const Canvas& panel, const DotRect& part, Turn turn) {
  // In squares that fit the cache: a row of the picture is a column of a panel that lies on its side.
  constexpr int square = 32;
  const Dots size{picture.width, picture.height};
  const auto step = steps(panel, turn);
  for (int y = part.y; y < part.y + part.height; y += square) {
    const int rows = std::min(square, part.y + part.height - y);
    const int columns_at_once = turn == Turn::none ? part.width : square;
    for (int x = part.x; x < part.x + part.width; x += columns_at_once) {
      const int columns = std::min(columns_at_once, part.x + part.width - x);
      const auto corner = on_panel({x, y, 1, 1}, size, turn);
      for (int row = 0; row < rows; ++row) {
        const auto* from = at(picture, x, y + row);
        auto* to = at(panel, corner.x, corner.y) + row * step.down;
        if (turn == Turn::none) {
          std::copy_n(from, columns, to);
        } else {
          for (int column = 0; column < columns; ++column) to[column * step.right] = from[column];
        }
      }
    }
  }
}

}  // namespace kiosk::drivers
