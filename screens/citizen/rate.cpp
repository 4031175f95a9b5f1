#include "screens/citizen/rate.hpp"

#include <algorithm>

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

/// Five faces of equal size, one above the other; in two columns where the letters are too high for that.
Block faces(const Look& look, int width, int room) {
  constexpr Text kWords[] = {Text::rate_5, Text::rate_4, Text::rate_3, Text::rate_2, Text::rate_1};
  const Font type = font(look, Letter::button, Weight::bold);
  const int gap = look.dots(mm::kGap), line = look.type->measure("国", type, 0).height;
  const int across = (room - 4 * gap) / 5 >= line + look.dots(2) ? 1 : 2, lines = across == 1 ? 5 : 3;
  const int height = std::clamp((room - (lines - 1) * gap) / lines, look.dots(mm::kTarget), look.dots(38));
  const int wide = column(width, across, gap), side = std::min(look.dots(19), height - look.dots(3));
  Block block{.height = lines * height + (lines - 1) * gap, .nodes = {}};
  for (int i = 0; i < 5; ++i) {
    const std::string words = say(look, kWords[i]), level = std::to_string(5 - i);
    const Rect rect{i % across * (wide + gap), i / across * (height + gap), wide, height};
    const Rect face{rect.x + look.dots(mm::kPad), rect.y, side, height};
    Node node{.id = "level." + level,
              .role = Role::button,
              .rect = rect,
              .marks = {ground(look, rect), icon_in(face, "rate_" + level, side, Colour::primary)},
              .label = words,
              .speech = say(look, Text::speech_button, {{"label", words}}),
              .act = Choose{.what = 5 - i}};
    const int left = face.right() + look.dots(mm::kGap);
    node.marks.emplace_back(set_in(look, words, type, {left, rect.y, rect.right() - left - gap, height},
                                   Colour::text, Align::left));
    block.nodes.push_back(std::move(node));
  }
  return block;
}

}  // namespace

Layout layout(const Rate&, const Look& look, const Draft& draft) {
  Page page(Rate::name, look, draft);
  page.title(say(look, Text::rate_title)).lead(say(look, Text::rate_lead)).patience(Patience::ending);
  page.answer({.id = "skip",
               .label = say(look, Text::rate_skip),
               .act = Choose{.what = 0},
               .kind = Button::Kind::outline});
  page.add(faces(look, page.width(), page.room()));
  return page.done();
}

}  // namespace kiosk::screens
