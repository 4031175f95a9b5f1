#include "firmware/session/staff.hpp"

#include "firmware/session/problem.hpp"
#include "screens/citizen/staff_badge.hpp"
#include "screens/citizen/staff_pin.hpp"

namespace kiosk::session {

namespace {

/// `refused`: a wrong PIN. `busy`: the badge is locked for a while, which no other try would change.
Result<hal::StaffVerdict> verify(Session& s, const hal::IdCard& card, const PersonalText& badge,
                                 const PersonalText& pin) {
  return ask_registry(s, screens::Working::What::verifying_staff,
                      [&](const Wait& wait) { return s.registry.verify_staff(card, badge, pin, wait); },
                      {Errc::refused, Errc::busy});
}

/// The badge that was scanned; not_present when nobody came.
Result<PersonalText> scan_badge(Session& s) {
  screens::StaffBadge page;
  for (;;) {
    auto scanned =
        s.ui.ask_while(page, s.wait, [&](const Wait& wait) { return s.devices.scanner.scan(wait); });
    if (scanned && scanned->index() == 0) return fail(Errc::not_present, "no member of staff came");
    if (scanned) return std::get<1>(std::move(*scanned));
    page.wrong_before = scanned.error().code == Errc::malformed;
    if (page.wrong_before) continue;
    if (scanned.error().code != Errc::unplugged) return std::unexpected(scanned.error());
    TRY(offer_retry(s, Fault::scanner, scanned.error()));
  }
}

/// The verdict on whoever knows the PIN of this badge; went_back when another badge is to be scanned.
Result<hal::StaffVerdict> ask_pin(Session& s, const hal::IdCard& card, const PersonalText& badge) {
  screens::StaffPin page{.digits = s.office.staff_pin_digits};
  for (;;) {
    const auto typed = TRY(s.ui.ask(page, s.wait));
    auto verdict = verify(s, card, badge, typed.pin);
    if (verdict) return verdict;
    if (verdict.error().code == Errc::busy)
      return std::unexpected(explain_and_end(s, Fault::staff_locked, verdict.error()));
    if (verdict.error().code != Errc::refused) return verdict;
    const ActingAs nobody(s, {});  // whose badge it is only the registry could say
    TRY(s.note("staff.refused", {}, records::Role::staff));
    page.wrong_before = true;
  }
}

}  // namespace

Result<hal::StaffVerdict> witness_by_staff(Session& s, const hal::IdCard& card) {
  const auto citizen = s.actor;
  for (;;) {
    const auto badge = TRY(scan_badge(s));
    const auto verdict = ask_pin(s, card, badge);
    if (verdict) {
      const ActingAs staff(s, verdict->staff_id);
      TRY(s.note("staff.witnessed", {{"for", citizen}}, records::Role::staff));
      return verdict;
    }
    if (verdict.error().code != Errc::went_back) return std::unexpected(verdict.error());
  }
}

}  // namespace kiosk::session
