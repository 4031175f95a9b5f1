#include "screens/citizen/home.hpp"

#include "screens/citizen/service_tiles.hpp"

namespace kiosk::screens {

Layout layout(const Home& screen, const Look& look, const Draft& draft) {
  Page page(Home::name, look, draft);
  page.title(say(look, Text::home_title)).patience(Patience::home);
  page.add(health_chip(look, page.width(), screen.health));
  add_tiles(page, look, screen.services, look.care ? 4 : 8);
  page.picture("art_hall");
  return page.done();
}

}  // namespace kiosk::screens
