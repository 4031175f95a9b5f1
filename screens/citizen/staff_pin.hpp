#pragma once
// The member of staff types the PIN, shown as dots.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct StaffPin {
  static constexpr std::string_view name = "staff_pin";
  int digits = 8;
  bool wrong_before = false;
  struct Answer {
    PersonalText pin;
  };
  static Answer answer(const Choose&, const Draft& draft) { return {.pin = draft.typed}; }
  bool operator==(const StaffPin&) const = default;
};
Layout layout(const StaffPin& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
