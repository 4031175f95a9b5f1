#include "screens/citizen/service_closed.hpp"

#include "screens/citizen/service_tiles.hpp"

namespace kiosk::screens {

Layout layout(const ServiceClosed& screen, const Look& look, const Draft& draft) {
  Page page(ServiceClosed::name, look, draft);
  page.title(say(look, Text::service_closed_title)).patience(Patience::home);
  page.lead(say(look, screen.service.id, "name"));
  page.add(banner(look, page.width(), "why", Tone::warning,
                  say(look, "service_closed", stem(screen.service.closed))));
  const std::string elsewhere =
      screen.elsewhere.empty() ? say(look, Text::service_closed_elsewhere_unknown) : screen.elsewhere;
  page.add(facts(look, page.width(), "elsewhere",
                 {{say(look, Text::service_closed_elsewhere), elsewhere, "location"},
                  {say(look, Text::help_staff), say(look, Text::service_closed_told), "bell"}}));
  page.picture("art_pause");
  page.answer({.id = "home", .label = say(look, Text::service_closed_home), .act = FrameAct::close_panel});
  page.answer({.id = "call_staff",
               .label = say(look, Text::button_call_staff),
               .act = FrameAct::call_staff,
               .kind = Button::Kind::outline,
               .icon = "bell"});
  return page.done();
}

}  // namespace kiosk::screens
