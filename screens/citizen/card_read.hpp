#pragma once
// The card was read: who it is, masked, and take it back now (UX S-B3).

#include <optional>

#include "screens/screen.hpp"

namespace kiosk::screens {

struct CardRead {
  static constexpr std::string_view name = "card_read";
  PersonalText masked_name, masked_number;
  bool still_there = false;       ///< eight seconds have passed and it still lies there
  std::optional<Step> step = {};  ///< where identifying stands in its service
  bool operator==(const CardRead&) const = default;
};
Layout layout(const CardRead& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
