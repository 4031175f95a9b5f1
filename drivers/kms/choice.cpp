#include "drivers/kms/choice.hpp"

#include <cstdlib>
#include <tuple>

namespace kiosk::drivers {

namespace {

/// Greater is better.
auto worth(const PanelMode& mode, const PanelWish& wish) {
  const bool wished = mode.width == wish.width && mode.height == wish.height;
  return std::tuple(wished, mode.preferred, mode.width * mode.height, -std::abs(mode.hertz - 60));
}

}  // namespace

std::optional<PanelChoice> choose_panel(std::span<const Connector> connectors, const PanelWish& wish) {
  for (std::size_t c = 0; c < connectors.size(); ++c) {
    const auto& [name, connected, modes] = connectors[c];
    if (!connected || modes.empty() || (!wish.connector.empty() && wish.connector != name)) continue;
    std::size_t best = 0;
    for (std::size_t m = 1; m < modes.size(); ++m) {
      if (worth(modes[m], wish) > worth(modes[best], wish)) best = m;
    }
    return PanelChoice{.connector = c, .mode = best};
  }
  return std::nullopt;
}

}  // namespace kiosk::drivers
