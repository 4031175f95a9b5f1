#include "screens/citizen/still_there.hpp"

#include <algorithm>

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const StillThere& screen, const Look& look, const Draft& draft) {
  Page page(StillThere::name, look, draft);
  page.title(say(look, Text::still_there_title)).lead(say(look, Text::still_there_lead));
  const int width = page.width(), side = look.dots(72);
  const std::string seconds = std::to_string(screen.seconds_left);
  const std::string said = say(look, Text::speech_seconds_left, {{"n", seconds}});
  const Rect round{(width - side) / 2, look.dots(8), side, side};
  Node node{
      .id = "seconds",
      .role = Role::status,
      .rect = {0, 0, width, side + look.dots(16)},
      .marks = {Ring{.rect = round, .part = std::clamp(screen.seconds_left / 45.0, 0.0, 1.0)},
                set_in(look, seconds, font(look, Letter::number, Weight::bold), round, Colour::primary)},
      .label = said,
      .speech = said};
  const int height = node.rect.height;
  page.add({.height = height, .nodes = {std::move(node)}});
  page.answer({.id = "stay", .label = say(look, Text::still_there_stay), .act = FrameAct::stay});
  page.answer({.id = "leave",
               .label = say(look, Text::still_there_leave),
               .act = FrameAct::leave,
               .kind = Button::Kind::outline});
  return page.done();
}

}  // namespace kiosk::screens
