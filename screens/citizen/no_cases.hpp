#pragma once
// No case was found: what to check.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct NoCases {
  static constexpr std::string_view name = "no_cases";
  enum class Answer { another_way, done };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const NoCases&) const = default;
};
Layout layout(const NoCases& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
