#include "screens/citizen/before_you_start.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const BeforeYouStart& screen, const Look& look, const Draft& draft) {
  using enum BeforeYouStart::Answer;
  Page page(BeforeYouStart::name, look, draft);
  page.title(say(look, screen.service, "name"));
  page.lead(say(look, Text::before_you_start_lead));
  std::vector<Fact> lines{
      {say(look, Text::before_you_start_needs), say(look, screen.service, "needs"), "card"},
      {say(look, Text::before_you_start_time), say(look, screen.service, "time"), "clock"},
      {say(look, Text::before_you_start_fee), say(look, screen.service, "fee"), "payment"},
      {say(look, Text::before_you_start_who), say(look, screen.service, "who"), "person"},
  };
  if (!screen.promised.empty())
    lines.push_back({say(look, Text::before_you_start_promised), screen.promised, "calendar"});
  page.facts("facts", lines);
  page.add(banner(look, page.width(), "data", Tone::calm, say(look, screen.service, "data")));
  page.picture("art_card");
  page.answer({.id = "start", .label = say(look, Text::button_start), .act = choose(start)});
  page.answer({.id = "window",
               .label = say(look, Text::button_window),
               .act = choose(window),
               .kind = Button::Kind::outline});
  return page.done();
}

}  // namespace kiosk::screens
