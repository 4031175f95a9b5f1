#pragma once
// 人证核验: who stands here.

#include "firmware/session/session.hpp"

namespace kiosk::session {

/// How much must be proved.
enum class Identity {
  card_only,      ///< to be told how far a case is
  card_and_face,  ///< to change the register: the face, or a member of staff for who cannot or will not
};

/// Consent, card, face or staff. `went_back`: out of its first page. `cancelled` also when it is impossible
/// here and a page has said where else.
Result<hal::Applicant> identify(Session& s, Identity need);

/// The same for another owner: the card (not the applicant's own) and the face or staff.
Result<hal::Applicant> identify_other(Session& s, const hal::IdCard& applicant,
                                      const PersonalText& masked_name);

}  // namespace kiosk::session
