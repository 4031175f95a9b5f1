#include "screens/citizen/attract.hpp"

#include "screens/citizen/service_tiles.hpp"

namespace kiosk::screens {

Layout layout(const Attract& screen, const Look& look, const Draft& draft) {
  Page page(Attract::name, look, draft);
  page.title(say(look, Text::attract_title)).lead(say(look, Text::attract_lead)).patience(Patience::attract);
  page.add(health_chip(look, page.width(), screen.health));
  std::vector<Fact> site;
  if (!screen.hours.empty()) site.push_back({say(look, Text::attract_hours), screen.hours, "clock"});
  if (!screen.supervision_phone.empty())
    site.push_back({say(look, Text::attract_phone), screen.supervision_phone, "phone"});
  page.answer({.id = "start",
               .label = say(look, Text::attract_start),
               .act = FrameAct::home,
               .icon = "touch",
               .speech = say(look, Text::attract_start)});
  add_tiles(page, look, screen.services, 3, 40);
  if (!site.empty()) page.add(facts(look, page.width(), "site", site));
  page.picture("art_hall");
  return page.done();
}

}  // namespace kiosk::screens
