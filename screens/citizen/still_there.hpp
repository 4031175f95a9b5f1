#pragma once
// The idle warning: nobody has touched the glass for a while (UX 2.5, VVSG 7.2).

#include "screens/screen.hpp"

namespace kiosk::screens {

struct StillThere {
  static constexpr std::string_view name = "still_there";
  int seconds_left = 30;
  bool operator==(const StillThere&) const = default;
};
Layout layout(const StillThere& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
