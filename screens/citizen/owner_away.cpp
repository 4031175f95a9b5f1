#include "screens/citizen/owner_away.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

using What = OwnerAway::What;

std::string stem(What what) {
  constexpr const char* kStems[] = {"invited", "partly", "no_phone", "window"};
  return std::string("owner_away.") + kStems[static_cast<int>(what)];
}

std::string how(const OwnerAway::Owner& owner, const Look& look) {
  switch (owner.reached) {
    using enum OwnerAway::Owner::Reached;
    case invited:
      return owner.masked_phone.reveal();
    case uncertain:
      return say(look, Text::owner_away_uncertain);
    case no_number:
    case no:
      break;
  }
  return say(look, Text::owner_away_no_number);
}

/// Who was to be reached, and how; and the day by which all of them must have agreed.
std::vector<Fact> reached(const OwnerAway& screen, const Look& look) {
  std::vector<Fact> lines;
  std::string first_day;
  for (const auto& owner : screen.owners) {
    lines.push_back({owner.masked_name.reveal(), how(owner, look), "phone"});
    if (owner.valid_to.empty()) continue;
    first_day = first_day.empty() ? owner.valid_to : std::min(first_day, owner.valid_to);
  }
  if (!first_day.empty()) lines.push_back({say(look, Text::owner_away_valid_to), first_day, "calendar"});
  return lines;
}

}  // namespace

Layout layout(const OwnerAway& screen, const Look& look, const Draft& draft) {
  using enum OwnerAway::Answer;
  Page page(OwnerAway::name, look, draft);
  const auto words = stem(screen.what);
  page.step(3, 4).title(say(look, words, "title")).lead(say(look, words, "what"));
  if (screen.what != What::window) page.facts("owners", reached(screen, look), true);
  if (screen.what != What::invited) {
    page.list("bring", say(look, Text::owner_away_bring),
              {say(look, Text::paper_bring_all_cards), say(look, Text::paper_bring_certificate),
               say(look, Text::paper_bring_authorisation)});
  }
  page.list("next", say(look, Text::decided_next),
            {say(look, Text::owner_away_together), say(look, Text::owner_away_safe)});
  page.picture("art_people");
  const bool print_first = screen.can_print && screen.what != What::invited;
  const Button print{.id = "print",
                     .label = say(look, Text::release_missing_print),
                     .act = choose(print_materials),
                     .kind = print_first ? Button::Kind::primary : Button::Kind::outline,
                     .icon = "printer"};
  const Button end{.id = "done",
                   .label = say(look, Text::button_done),
                   .act = choose(done),
                   .kind = print_first ? Button::Kind::outline : Button::Kind::primary};
  page.answer(print_first ? print : end);
  if (screen.can_print) page.answer(print_first ? end : print);
  return page.done();
}

}  // namespace kiosk::screens
