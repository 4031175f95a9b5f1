#include "firmware/session/staff.hpp"

#include "firmware/session/problem.hpp"
#include "screens/citizen/staff_badge.hpp"
#include "screens/citizen/staff_pin.hpp"

namespace kiosk::session {

Result<std::string> witness_by_staff(Session& s, const hal::IdCard& card) {
  bool wrong_before = false;
  for (;;) {
    const screens::StaffBadge ask_badge{.wrong_before = wrong_before};
    auto scanned =
        s.ui.ask_while(ask_badge, s.wait, [&](const Wait& wait) { return s.devices.scanner.scan(wait); });
    if (!scanned && scanned.error().code == Errc::malformed) {
      wrong_before = true;
      continue;
    }
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

    const auto verdict = ask_registry(s, screens::Working::What::verifying_staff, [&](const Wait& wait) {
      return s.registry.verify_staff(card, std::get<1>(badge), typed.pin, wait);
    });
    if (verdict) {
      TRY(s.note("staff.witnessed", {{"staff", verdict->staff_id}}, records::Role::staff));
      return verdict->evidence;
    }
    if (verdict.error().code != Errc::refused) return std::unexpected(verdict.error());
    TRY(s.note("staff.refused", {}, records::Role::staff));
    wrong_before = true;
  }
}

}  // namespace kiosk::session
