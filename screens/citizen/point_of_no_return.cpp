#include "screens/citizen/point_of_no_return.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const PointOfNoReturn& screen, const Look& look, const Draft& draft) {
  Page page(PointOfNoReturn::name, look, draft);
  page.step(4, 4).title(say(look, screen.service, "confirm_title"));
  page.add(
      banner(look, page.width(), "consequence", Tone::warning, say(look, screen.service, "consequence")));
  page.add(banner(look, page.width(), "next", Tone::calm, say(look, Text::point_of_no_return_next)));
  page.picture("art_pen");
  page.answer({.id = "confirm",
               .label = say(look, Text::point_of_no_return_confirm),
               .act = choose(PointOfNoReturn::Answer::confirm)});
  page.answer({.id = "read",
               .label = say(look, Text::point_of_no_return_read),
               .act = choose(PointOfNoReturn::Answer::read),
               .kind = Button::Kind::outline});
  return page.done();
}

}  // namespace kiosk::screens
