#include "firmware/session/staff.hpp"

#include "firmware/session/problem.hpp"
#include "screens/citizen/staff_badge.hpp"
#include "screens/citizen/staff_pin.hpp"

namespace kiosk::session {

namespace {

/// `busy`: the badge is locked for a while, which no other try would change.
Result<hal::StaffVerdict> verify(Session& s, const hal::IdCard& card, const PersonalText& badge,
                                 const PersonalText& pin) {
  Error locked{Errc::busy, ""};
  auto verdict = ask_registry(s, screens::Working::What::verifying_staff,
                              [&](const Wait& wait) -> Result<std::optional<hal::StaffVerdict>> {
                                auto answer = s.registry.verify_staff(card, badge, pin, wait);
                                if (answer) return std::optional(std::move(*answer));
                                if (answer.error().code != Errc::busy) return std::unexpected(answer.error());
                                locked = answer.error();
                                return std::nullopt;
                              });
  const auto answer = TRY(std::move(verdict));
  if (!answer) return std::unexpected(locked);
  return *answer;
}

}  // namespace

Result<std::string> witness_by_staff(Session& s, const hal::IdCard& card) {
  bool unreadable_before = false, wrong_before = false;
  for (;;) {
    const screens::StaffBadge ask_badge{.wrong_before = unreadable_before};
    auto scanned =
        s.ui.ask_while(ask_badge, s.wait, [&](const Wait& wait) { return s.devices.scanner.scan(wait); });
    unreadable_before = !scanned && scanned.error().code == Errc::malformed;
    if (unreadable_before) continue;
    if (!scanned && scanned.error().code == Errc::unplugged) {
      TRY(offer_retry(s, Fault::scanner, scanned.error()));
      continue;
    }
    auto badge = TRY(std::move(scanned));
    if (badge.index() == 0) return fail(Errc::not_present, "no member of staff came");

    auto pin = s.ui.ask(screens::StaffPin{.digits = s.office.staff_pin_digits, .wrong_before = wrong_before},
                        s.wait);
    if (!pin && pin.error().code == Errc::went_back) continue;  // another badge
    const auto typed = TRY(std::move(pin));

    const auto verdict = verify(s, card, std::get<1>(badge), typed.pin);
    if (verdict) {
      TRY(s.note("staff.witnessed", {{"staff", verdict->staff_id}}, records::Role::staff));
      return verdict->evidence;
    }
    if (verdict.error().code == Errc::busy) {
      return std::unexpected(explain_and_end(s, Fault::staff_locked, verdict.error()));
    }
    if (verdict.error().code != Errc::refused) return std::unexpected(verdict.error());
    TRY(s.note("staff.refused", {}, records::Role::staff));
    wrong_before = true;
  }
}

}  // namespace kiosk::session
