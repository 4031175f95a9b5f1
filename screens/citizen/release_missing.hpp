#pragma once
// The lender's release is not on the registry yet (UX S-C3): who to call, and the list of materials.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct ReleaseMissing {
  static constexpr std::string_view name = "release_missing";
  std::string lender, lender_phone;
  bool can_print = true;
  enum class Answer { print_materials, done };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const ReleaseMissing&) const = default;
};
Layout layout(const ReleaseMissing& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
