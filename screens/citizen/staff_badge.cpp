#include "screens/citizen/staff_badge.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const StaffBadge& screen, const Look& look, const Draft& draft) {
  Page page(StaffBadge::name, look, draft);
  page.title(say(look, Text::staff_badge_title)).lead(say(look, Text::staff_badge_lead));
  if (screen.wrong_before)
    page.add(banner(look, page.width(), "problem", Tone::warning, say(look, Text::staff_badge_wrong)));
  page.picture("art_badge", say(look, Text::staff_badge_picture));
  page.answer({.id = "give_up",
               .label = say(look, Text::staff_badge_give_up),
               .act = choose(StaffBadge::Answer::give_up),
               .kind = Button::Kind::outline});
  return page.done();
}

}  // namespace kiosk::screens
