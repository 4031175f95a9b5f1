#pragma once
// A whole page as a picture: for demos, tests, contact sheets and paper previews. The glass uses painter.hpp.

#include <cstdint>
#include <string>
#include <vector>

#include "hal/base/bytes.hpp"
#include "screens/layout.hpp"
#include "screens/look.hpp"
#include "screens/paint/type.hpp"

namespace kiosk::paint {

/// 0x00RRGGBB in machine order, rows without gaps.
struct Image {
  int width = 0, height = 0;
  std::vector<std::uint32_t> dots;
  bool operator==(const Image&) const = default;
};

/// The page at the look's panel size and theme; a node may have the focus ring or a finger on it.
Image paint_page(const Type& type, const screens::Layout& layout, const screens::Look& look,
                 const std::string& focused = {}, const std::string& pressed = {});

/// `internal` when there is no memory for it.
Result<Bytes> to_png(const Image& image);

}  // namespace kiosk::paint
