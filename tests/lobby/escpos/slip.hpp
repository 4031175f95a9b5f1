#pragma once
// A piece of thermal paper with black dots on it.

#include "hal/base/bytes.hpp"

namespace kiosk::lobby {

/// Rows of `width` dots, top to bottom, (width + 7) / 8 bytes each, 1 is black.
struct Slip {
  int width = 576;
  Bytes rows;

  int row_bytes() const { return (width + 7) / 8; }
  int height() const { return static_cast<int>(rows.size()) / row_bytes(); }
  bool black(int x, int y) const;

  /// A one-bit greyscale PNG of it, for the lobby's page and for people.
  Bytes png() const;
};

}  // namespace kiosk::lobby
