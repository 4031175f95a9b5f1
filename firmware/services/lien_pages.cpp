#include "firmware/services/lien_pages.hpp"

#include "firmware/domain/masks.hpp"
#include "firmware/services/what_to_bring.hpp"
#include "firmware/session/farewell.hpp"
#include "screens/citizen/choose_lien.hpp"
#include "screens/citizen/release_missing.hpp"

namespace kiosk::services {

using namespace session;
using screens::LienBlocked;
using screens::LienRow;

namespace {

LienRow::State state_of(const hal::Mortgage& lien) {
  if (!lien.open_case.empty()) return LienRow::State::under_way;
  if (!lien.restrictions.empty()) return LienRow::State::blocked;
  if (lien.kind == hal::Mortgage::Kind::maximum_amount) return LienRow::State::maximum_amount;
  return lien.release ? LienRow::State::can_be_cancelled : LienRow::State::waits_for_bank;
}

PersonalText tail(const PersonalText& certificate) {
  // The digits at the end, before 号: the last four tell two certificates of one owner apart.
  std::string digits;
  for (const char c : certificate.reveal()) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return PersonalText(digits.size() <= 4 ? digits : digits.substr(digits.size() - 4));
}

}  // namespace

Result<hal::Mortgage> choose_lien(Session& s, const std::vector<hal::Mortgage>& liens) {
  screens::ChooseLien page;
  for (const auto& lien : liens) {
    page.rows.push_back({.address = PersonalText(domain::mask_address(lien.address)),
                         .lender = lien.lender,
                         .certificate_tail = tail(lien.certificate_number),
                         .state = state_of(lien)});
  }
  const auto answer = TRY(s.ui.ask(page, s.wait, Back::none));
  if (answer.row >= liens.size()) return fail(Errc::internal, "a row that is not on the page");
  return liens[answer.row];
}

std::optional<LienBlocked> obstacle_of(const hal::Mortgage& lien) {
  if (!lien.open_case.empty()) {
    return LienBlocked{.why = LienBlocked::Why::under_way, .acceptance_number = lien.open_case};
  }
  if (!lien.restrictions.empty()) {
    // Both lists follow the register's kinds in the same order; the first in law is the first in the list.
    const auto& worst = *std::ranges::min_element(lien.restrictions, {}, &hal::Restriction::kind);
    return LienBlocked{.why = static_cast<LienBlocked::Why>(worst.kind),
                       .authority = worst.authority,
                       .document = worst.document,
                       .since = worst.since};
  }
  if (lien.kind == hal::Mortgage::Kind::maximum_amount)
    return LienBlocked{.why = LienBlocked::Why::maximum_amount};
  return std::nullopt;
}

Result<Outcome> explained(Session& s) {
  TRY(say_goodbye(s));
  return Outcome::explained;
}

Result<Outcome> explain_obstacle(Session& s, const LienBlocked& obstacle) {
  TRY(s.note("lien.blocked", {{"why", static_cast<std::int64_t>(obstacle.why)}}));
  TRY(s.ui.ask(obstacle, s.wait));
  return explained(s);
}

Result<Outcome> explain_missing_release(Session& s, const hal::Mortgage& lien) {
  TRY(s.note("lien.release_missing", {{"lender", lien.lender}}));
  const documents::MaterialsList list{
      .service = s.service, .lender = lien.lender, .lender_phone = lien.lender_phone};
  TRY(show_or_print(s, screens::ReleaseMissing{.lender = lien.lender, .lender_phone = lien.lender_phone},
                    list));
  return explained(s);
}

}  // namespace kiosk::services
