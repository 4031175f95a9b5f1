#include "assets/icons/icons.hpp"

#include <algorithm>

namespace kiosk::assets {

const IconDrawing* find_icon(std::string_view name) {
  const auto icons = all_icons();
  const auto found = std::ranges::lower_bound(icons, name, {}, &IconDrawing::name);
  return found != icons.end() && found->name == name ? &*found : nullptr;
}

}  // namespace kiosk::assets
