#pragma once
// Identity without the face (UX S-B6): staff vouch here, or a window.

#include <optional>

#include "screens/screen.hpp"

namespace kiosk::screens {

struct OtherWays {
  static constexpr std::string_view name = "other_ways";
  enum class Why { chosen, face_failed, camera_down, registry_silent } why = Why::chosen;
  bool face_possible = false;  ///< offer to try the camera again
  bool staff_possible = true;  ///< the scanner for the badge works
  enum class Answer { staff, face, window };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  std::optional<Step> step = {};  ///< where identifying stands in its service
  bool operator==(const OtherWays&) const = default;
};
Layout layout(const OtherWays& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
