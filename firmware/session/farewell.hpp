#pragma once
// The end of every service: rating, things to take, the card.

#include "firmware/session/session.hpp"

namespace kiosk::session {

/// 好差评, once a case; skippable. A registry that does not take it is no concern of the citizen's.
Result<void> ask_rating(Session& s, const std::string& acceptance_number);

/// Names what there is to take and waits until the card is off the reader.
Result<void> say_goodbye(Session& s);

}  // namespace kiosk::session
