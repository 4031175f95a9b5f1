#pragma once
// The live face (UX S-B4): mirror, oval, one hint at a time, and always another way.

#include <optional>

#include "screens/screen.hpp"

namespace kiosk::screens {

struct LookAtCamera {
  static constexpr std::string_view name = "look_at_camera";
  enum class Hint {
    none,
    no_face,
    several_faces,
    too_dark,
    too_bright,
    too_far,
    too_near,
    off_centre,
    blurred,
    hold_still
  };
  std::shared_ptr<const Picture::Dots> preview;
  Hint hint = Hint::none;
  int attempts_left = 3;
  bool refused_before = false;  ///< the registry said "not the same person" the time before
  enum class Answer { other_way };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  std::optional<Step> step = {};  ///< where identifying stands in its service
  bool operator==(const LookAtCamera&) const = default;
};
Layout layout(const LookAtCamera& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
