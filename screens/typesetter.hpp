#pragma once
// Measuring text, for layouts. The painter implements it with the same shaping that later draws.

#include <string_view>

#include "screens/layout.hpp"

namespace kiosk::screens {

struct TextExtent {
  int width = 0;   ///< dots of the widest line
  int height = 0;  ///< dots of all lines
  int lines = 0;
  bool operator==(const TextExtent&) const = default;
};

class Typesetter {
 public:
  virtual ~Typesetter() = default;

  /// How large `text` is when broken to `width` dots (<= 0: one line). Takes some 10 µs; called on the UI
  /// thread.
  virtual TextExtent measure(std::string_view text, const Font& font, int width) const = 0;
};

}  // namespace kiosk::screens
