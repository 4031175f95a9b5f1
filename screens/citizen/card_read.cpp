#include "screens/citizen/card_read.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const CardRead& screen, const Look& look, const Draft& draft) {
  Page page(CardRead::name, look, draft);
  page.step(screen.step).title(say(look, Text::card_read_title)).patience(Patience::working);
  if (screen.still_there)
    page.add(
        banner(look, page.width(), "still_there", Tone::warning, say(look, Text::card_read_still_there)));
  page.add(facts(look, page.width(), "who",
                 {{say(look, Text::card_read_name), screen.masked_name.reveal(), "person"},
                  {say(look, Text::card_read_number), screen.masked_number.reveal(), "card"}},
                 true));
  page.picture("art_take");
  return page.done();
}

}  // namespace kiosk::screens
