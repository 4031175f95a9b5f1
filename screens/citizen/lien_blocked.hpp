#pragma once
// A restriction of the registry, a maximum-amount mortgage or an open case stands in the way: a page, not an
// error.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct LienBlocked {
  static constexpr std::string_view name = "lien_blocked";
  enum class Why {
    seizure,
    objection,
    right_of_residence,
    advance_notice,
    ban,
    other,
    maximum_amount,
    under_way
  } why = Why::other;
  std::string authority, document, since;  ///< of the restriction, as the registry says
  std::string acceptance_number;           ///< under_way
  enum class Answer { done };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const LienBlocked&) const = default;
};
Layout layout(const LienBlocked& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
