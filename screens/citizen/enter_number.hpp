#pragma once
// Type the acceptance number: digits in fours, the year's prefix given.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct EnterNumber {
  static constexpr std::string_view name = "enter_number";
  std::string prefix;     ///< typed for the person already
  int digits = 12;        ///< of the whole number
  std::string not_found;  ///< the whole number entered before, which is unknown
  int wait_s = 0;         ///< > 0: too many misses, a pause
  struct Answer {
    std::string number;
  };
  static Answer answer(const Choose&, const Draft& draft) { return {.number = draft.typed.reveal()}; }
  bool operator==(const EnterNumber&) const = default;
};
Layout layout(const EnterNumber& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
