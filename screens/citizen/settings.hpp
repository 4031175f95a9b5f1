#pragma once
// The accessibility panel: size, colours, low reach, 关怀模式, each shown on this very page (UX S-A5).

#include "screens/screen.hpp"

namespace kiosk::screens {

struct Settings {
  static constexpr std::string_view name = "settings";
  bool operator==(const Settings&) const = default;
};
Layout layout(const Settings& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
