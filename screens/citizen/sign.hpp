#pragma once
// Sign on the glass: at least 90 x 45 mm, inside reach (UX S-C7).

#include "screens/screen.hpp"

namespace kiosk::screens {

struct Sign {
  static constexpr std::string_view name = "sign";
  PersonalText masked_name;  ///< who signs
  std::string document;      ///< text id of what is signed
  bool too_little_before = false;
  struct Answer {
    enum class Kind { done, cannot_sign } kind = Kind::done;
    std::vector<Stroke> strokes;
  };
  static Answer answer(const Choose& choice, const Draft& draft) {
    return {.kind = static_cast<Answer::Kind>(choice.what), .strokes = draft.strokes};
  }
  bool operator==(const Sign&) const = default;
};
Layout layout(const Sign& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
