#pragma once
// Arithmetic of rectangles. Private to screens/paint.

#include <algorithm>
#include <vector>

#include "screens/layout.hpp"

namespace kiosk::paint {

inline bool empty(const screens::Rect& rect) {
  return rect.width <= 0 || rect.height <= 0;
}

inline screens::Rect common(const screens::Rect& a, const screens::Rect& b) {
  const int x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  return {x, y, std::max(0, std::min(a.right(), b.right()) - x),
          std::max(0, std::min(a.bottom(), b.bottom()) - y)};
}

/// The smallest rectangle around both; an empty one counts for nothing.
inline screens::Rect united(const screens::Rect& a, const screens::Rect& b) {
  if (empty(a)) return b;
  if (empty(b)) return a;
  const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

inline screens::Rect grown(const screens::Rect& rect, int by) {
  return {rect.x - by, rect.y - by, rect.width + 2 * by, rect.height + 2 * by};
}

/// Adds `rect` to a set of rectangles that do not overlap; those it touches become one with it.
inline void add(std::vector<screens::Rect>& set, screens::Rect rect) {
  if (empty(rect)) return;
  for (std::size_t i = 0; i < set.size();) {
    if (empty(common(set[i], rect))) {
      ++i;
      continue;
    }
    rect = united(rect, set[i]);
    set.erase(set.begin() + static_cast<std::ptrdiff_t>(i));
    i = 0;
  }
  set.push_back(rect);
}

}  // namespace kiosk::paint
