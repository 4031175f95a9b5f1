#include "screens/citizen/goodbye.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const Goodbye& screen, const Look& look, const Draft& draft) {
  Page page(Goodbye::name, look, draft);
  page.title(say(look, Text::goodbye_title)).patience(Patience::ending);
  page.lead(joined(look, {say(look, Text::goodbye_thanks), say(look, Text::goodbye_wiped)}));
  if (screen.card_there)
    page.add(banner(look, page.width(), "card_there", Tone::danger, say(look, Text::goodbye_card_there)));
  std::vector<Fact> things;
  if (screen.card) things.push_back({say(look, Text::goodbye_take), say(look, Text::goodbye_card), "card"});
  if (screen.slip) things.push_back({say(look, Text::goodbye_take), say(look, Text::goodbye_slip), "slip"});
  if (screen.pages > 0)
    things.push_back({say(look, Text::goodbye_take),
                      say(look, Text::goodbye_pages, {{"n", std::to_string(screen.pages)}}), "page"});
  if (!things.empty()) page.facts("things", things);
  page.picture("art_take");
  page.answer({.id = "done", .label = say(look, Text::button_done), .act = choose(Goodbye::Answer::done)});
  return page.done();
}

}  // namespace kiosk::screens
