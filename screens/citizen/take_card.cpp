#include "screens/citizen/take_card.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const TakeCard& screen, const Look& look, const Draft& draft) {
  Page page(TakeCard::name, look, draft);
  page.title(say(look, Text::take_card_title)).patience(Patience::working);
  page.add(banner(look, page.width(), "take", Tone::danger, say(look, Text::take_card_lead)));
  if (screen.staff_called)
    page.add(banner(look, page.width(), "staff", Tone::calm, say(look, Text::take_card_staff)));
  page.picture("art_take");
  return page.done();
}

}  // namespace kiosk::screens
