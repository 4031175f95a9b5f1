#pragma once
// Reading an identity card, and giving it back at once.

#include "firmware/session/session.hpp"

namespace kiosk::session {

/// Asks for a card until one was read that holds, and until it was taken back (or eight seconds have passed).
/// `for_whom`: the masked name of the person who must show it; empty: whoever stands here.
/// `went_back`; `cancelled` also when there is no card or the reader cannot be used, after a page that says
/// so.
Result<hal::IdCard> read_card(Session& s, const PersonalText& for_whom = {});

/// Whether the card has not expired on the kiosk's day.
bool still_valid(const hal::IdCard& card, const Clock& clock);

/// Full years, or 0 when the card has no birth date that can be read.
int age(const hal::IdCard& card, const Clock& clock);

}  // namespace kiosk::session
