#pragma once
// No mortgage is registered in this person's name: what that can mean and where to ask.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct NoLiens {
  static constexpr std::string_view name = "no_liens";
  bool can_search = false;  ///< by the number of a certificate
  enum class Answer { done, by_certificate };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const NoLiens&) const = default;
};
Layout layout(const NoLiens& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
