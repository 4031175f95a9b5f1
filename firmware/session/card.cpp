#include "firmware/session/card.hpp"

#include "firmware/domain/date.hpp"
#include "firmware/domain/masks.hpp"
#include "firmware/session/problem.hpp"
#include "screens/citizen/card_read.hpp"
#include "screens/citizen/place_card.hpp"

namespace kiosk::session {

using screens::PlaceCard;

namespace {

/// What the page says after a failed read; nullopt when another try is pointless.
std::optional<PlaceCard::Problem> problem_of(Errc code) {
  switch (code) {
    case Errc::malformed:
    case Errc::timed_out:
      return PlaceCard::Problem::unreadable;
    case Errc::not_present:
      return PlaceCard::Problem::lifted;
    case Errc::refused:
      return PlaceCard::Problem::unsupported;
    default:
      return std::nullopt;
  }
}

/// The card goes back before anything else happens (UX 2.5): post-completion errors are known to leave it
/// behind.
Result<void> give_back(Session& s, const hal::IdCard& card) {
  screens::CardRead page{.masked_name = PersonalText(domain::mask_name(card.name)),
                         .masked_number = PersonalText(domain::mask_number(card.number)),
                         .step = s.step};
  s.ui.show(page);
  const auto taken = s.devices.id_reader.wait_removed(s.within(8s));
  TRY(s.wait.check());
  s.card_there = !taken;
  if (taken) return s.records.journal.settle(s.id, records::Debt::card);
  page.still_there = true;  // it stays owed; the end of the session asks for it again
  s.ui.show(page);
  return s.wait.sleep(2s);
}

}  // namespace

Result<hal::IdCard> read_card(Session& s, const PersonalText& for_whom) {
  PlaceCard page{.for_whom = for_whom, .step = s.step};
  for (;;) {
    auto got = s.ui.ask_while(page, s.wait, [&](const Wait& wait) { return s.devices.id_reader.read(wait); });
    if (got && got->index() == 0) {
      return std::unexpected(
          explain_and_end(s, Fault::no_card, {Errc::not_present, "the person has no card"}));
    }
    if (got) {
      auto card = std::get<1>(std::move(*got));
      s.card_shown = true;
      s.card_there = true;
      TRY(s.records.journal.owe(s.id, records::Debt::card));
      TRY(s.note("card.read",
                 {{"name", domain::mask_name(card.name)}, {"number", domain::mask_number(card.number)}}));
      TRY(give_back(s, card));
      return card;
    }
    const auto error = got.error();
    if (error.code == Errc::went_back || error.code == Errc::cancelled) return std::unexpected(error);
    if (const auto problem = problem_of(error.code)) {
      page.problem = *problem;
    } else {
      TRY(offer_retry(s, Fault::card_reader, error));
      page.problem = PlaceCard::Problem::none;
    }
  }
}

bool still_valid(const hal::IdCard& card, const Clock& clock) {
  if (card.valid_to == "长期") return true;
  const auto last_day = domain::parse_date(card.valid_to);
  return last_day && *last_day >= domain::day_in_china(clock.now());
}

int age(const hal::IdCard& card, const Clock& clock) {
  const auto born = domain::parse_date(card.birth_date.reveal());
  if (!born) return 0;
  const auto today = domain::day_in_china(clock.now());
  const int years = static_cast<int>(today.year()) - static_cast<int>(born->year());
  const bool had_birthday = std::pair(today.month(), today.day()) >= std::pair(born->month(), born->day());
  return had_birthday ? years : years - 1;
}

}  // namespace kiosk::session
