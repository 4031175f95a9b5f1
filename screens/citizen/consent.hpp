#pragma once
// Purpose, data used, how long they are kept; the face is a consent of its own (PIPL 29).

#include "screens/screen.hpp"

namespace kiosk::screens {

struct Consent {
  static constexpr std::string_view name = "consent";
  bool camera_works = true;
  std::optional<Step> step = {};  ///< where identifying stands in its service
  enum class Answer { with_face, without_face, decline };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const Consent&) const = default;
};
Layout layout(const Consent& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
