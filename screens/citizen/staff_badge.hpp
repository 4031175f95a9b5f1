#pragma once
// A member of staff came: scan the badge.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct StaffBadge {
  static constexpr std::string_view name = "staff_badge";
  bool wrong_before = false;
  enum class Answer { give_up };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const StaffBadge&) const = default;
};
Layout layout(const StaffBadge& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
