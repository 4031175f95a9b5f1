#pragma once
// The session is over and wiped, and the card still lies on the reader (UX 2.5, take your things).

#include "screens/screen.hpp"

namespace kiosk::screens {

struct TakeCard {
  static constexpr std::string_view name = "take_card";
  bool staff_called = false;
  bool operator==(const TakeCard&) const = default;
};
Layout layout(const TakeCard& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
