#pragma once
// The application left and the registry has not said what became of it: saved, never sent again (UX S-C8).

#include "screens/screen.hpp"

namespace kiosk::screens {

struct OutcomeUnknown {
  static constexpr std::string_view name = "outcome_unknown";
  std::string reference;  ///< short form of the idempotency key, in fours
  bool slip_printed = false;
  enum class Answer { done };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const OutcomeUnknown&) const = default;
};
Layout layout(const OutcomeUnknown& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
