#pragma once
// The live face against the card: the picture is judged here, the person by the registry. Never the only way.

#include "firmware/session/session.hpp"

namespace kiosk::session {

/// Why there is no match; each leads to the other ways, none is a dead end.
enum class FaceFailure { other_way_chosen, not_the_same, camera_down, registry_silent };

/// The registry's evidence handle, or why not. Three attempts of at most 15 s each (UX 2.5; twice the time
/// for who needs it is the shell's idle limit, not this). `went_back`, `cancelled`, `storage`.
Result<std::variant<std::string, FaceFailure>> verify_live_face(Session& s, const hal::IdCard& card);

}  // namespace kiosk::session
