#include "screens/citizen/place_card.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

std::string problem_text(const PlaceCard& screen, const Look& look) {
  const std::string& whom = screen.for_whom.reveal();  // masked already
  switch (screen.problem) {
    using enum PlaceCard::Problem;
    case none:
      break;
    case unreadable:
      return say(look, Text::place_card_unreadable);
    case lifted:
      return say(look, Text::place_card_lifted);
    case unsupported:
      return say(look, Text::place_card_unsupported);
    case expired:
      return say(look, Text::place_card_expired);
    case other_person:
      return whom.empty() ? say(look, Text::place_card_other_card)
                          : say(look, Text::place_card_other_person, {{"name", whom}});
    case same_person:
      return say(look, Text::place_card_same_person);
  }
  return {};
}

}  // namespace

Layout layout(const PlaceCard& screen, const Look& look, const Draft& draft) {
  Page page(PlaceCard::name, look, draft);
  page.step(screen.step);
  const std::string& whom = screen.for_whom.reveal();
  page.title(whom.empty() ? say(look, Text::place_card_title)
                          : say(look, Text::place_card_title_other, {{"name", whom}}));
  page.lead(say(look, Text::place_card_how));
  const std::string problem = problem_text(screen, look);
  if (!problem.empty()) page.add(banner(look, page.width(), "problem", Tone::warning, problem));
  page.picture("art_card", say(look, Text::place_card_picture));
  page.answer({.id = "no_card",
               .label = say(look, Text::place_card_no_card),
               .act = choose(PlaceCard::Answer::no_card),
               .kind = Button::Kind::outline});
  return page.done();
}

}  // namespace kiosk::screens
