#include "screens/citizen/still_there.hpp"

#include <algorithm>

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const StillThere& screen, const Look& look, const Draft& draft) {
  Page page(StillThere::name, look, draft);
  page.title(say(look, Text::still_there_title)).lead(say(look, Text::still_there_lead));
  page.answer({.id = "stay", .label = say(look, Text::still_there_stay), .act = FrameAct::stay});
  page.answer({.id = "leave",
               .label = say(look, Text::still_there_leave),
               .act = FrameAct::leave,
               .kind = Button::Kind::outline});
  const int width = page.width(), height = std::clamp(page.reading_room(), look.dots(40), look.dots(190)),
            side = std::min(look.dots(80), height);
  const std::string seconds = std::to_string(screen.seconds_left);
  const std::string said = say(look, Text::speech_seconds_left, {{"n", seconds}});
  const Rect round{(width - side) / 2, (height - side) / 2, side, side};
  Node node{
      .id = "seconds",
      .role = Role::status,
      .rect = {0, 0, width, height},
      .marks = {Ring{.rect = round, .part = std::clamp(screen.seconds_left / 45.0, 0.0, 1.0)},
                set_in(look, seconds, font(look, Letter::number, Weight::bold), round, Colour::primary)},
      .label = said,
      .speech = said};
  page.add({.height = height, .nodes = {std::move(node)}});
  return page.done();
}

}  // namespace kiosk::screens
