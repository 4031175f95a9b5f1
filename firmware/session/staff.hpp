#pragma once
// 委托见证: a member of staff vouches for the person, with badge and PIN. Recorded.

#include "firmware/session/session.hpp"

namespace kiosk::session {

/// Who vouched, and the registry's evidence handle. `not_present`: the person gave up waiting for staff.
/// `went_back`, `cancelled`, `storage`; a locked badge and a silent registry were shown on pages before they
/// come back as `cancelled`.
Result<hal::StaffVerdict> witness_by_staff(Session& s, const hal::IdCard& card);

}  // namespace kiosk::session
