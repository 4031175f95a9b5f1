#pragma once
// 好差评: five levels, one tap, skippable, nothing preselected (UX k).

#include "screens/screen.hpp"

namespace kiosk::screens {

struct Rate {
  static constexpr std::string_view name = "rate";
  struct Answer {
    int level = 0;  ///< 5 best .. 1; 0 skipped
  };
  static Answer answer(const Choose& choice, const Draft&) { return {.level = choice.what}; }
  bool operator==(const Rate&) const = default;
};
Layout layout(const Rate& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
