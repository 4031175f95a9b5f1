#pragma once
// The printer cannot say whether the slip came out whole: only the person in front of it can.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct DidItPrint {
  static constexpr std::string_view name = "did_it_print";
  bool slip = true;  ///< else A4 pages
  bool can_reprint = true;
  enum class Answer { complete, reprint, show_on_screen };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const DidItPrint&) const = default;
};
Layout layout(const DidItPrint& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
