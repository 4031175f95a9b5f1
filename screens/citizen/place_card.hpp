#pragma once
// Put your identity card on the reader (UX S-B2).

#include <optional>

#include "screens/screen.hpp"

namespace kiosk::screens {

struct PlaceCard {
  static constexpr std::string_view name = "place_card";
  /// What went wrong the time before.
  enum class Problem { none, unreadable, lifted, unsupported, expired, other_person, same_person };
  Problem problem = Problem::none;
  PersonalText for_whom;  ///< masked name of the second person; empty: the applicant
  enum class Answer { no_card };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  std::optional<Step> step = {};  ///< where identifying stands in its service
  bool operator==(const PlaceCard&) const = default;
};
Layout layout(const PlaceCard& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
