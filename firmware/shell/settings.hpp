#pragma once
// What a person may set for themselves; all of it goes back to normal when they leave (VVSG 7.1-A).

#include "screens/look.hpp"

namespace kiosk::shell {

struct Settings {
  screens::Language language = screens::Language::zh_cn;
  screens::TextSize size = screens::TextSize::standard;
  screens::Theme theme = screens::Theme::standard;
  bool low_reach = false;
  bool care = false;

  /// Any mode that asks for more time (UX 2.5: "accessible mode").
  bool accessible() const {
    return care || low_reach || size >= screens::TextSize::large || theme != screens::Theme::standard;
  }

  screens::Look look(const screens::Panel& panel, const screens::Typesetter* type) const {
    return {.panel = panel,
            .language = language,
            .size = size,
            .theme = theme,
            .low_reach = low_reach,
            .care = care,
            .type = type};
  }

  bool operator==(const Settings&) const = default;
};

}  // namespace kiosk::shell
