#include "screens/citizen/no_cases.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const NoCases&, const Look& look, const Draft& draft) {
  using enum NoCases::Answer;
  Page page(NoCases::name, look, draft);
  page.title(say(look, Text::no_cases_title)).lead(say(look, Text::no_cases_lead));
  page.add(banner(look, page.width(), "check", Tone::calm, say(look, Text::no_cases_check)));
  page.picture("art_search");
  page.answer(
      {.id = "another_way", .label = say(look, Text::no_cases_another_way), .act = choose(another_way)});
  page.answer({.id = "done",
               .label = say(look, Text::button_done),
               .act = choose(done),
               .kind = Button::Kind::outline});
  return page.done();
}

}  // namespace kiosk::screens
