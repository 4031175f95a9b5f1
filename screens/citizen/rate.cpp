#include "screens/citizen/rate.hpp"

#include <algorithm>

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

/// Five faces of equal size, side by side; under each other when the words need the room.
Block faces(const Look& look, int width) {
  constexpr Text kWords[] = {Text::rate_5, Text::rate_4, Text::rate_3, Text::rate_2, Text::rate_1};
  const int gap = look.dots(mm::kGap), pad = look.dots(3.5), side = look.dots(16);
  const Font type = font(look, Letter::button, Weight::bold);
  const int least = look.dots(26);
  int height = std::max(least, 2 * pad + side);
  Block block;
  for (int level = 5; level >= 1; --level) {
    const std::string words = say(look, kWords[5 - level]);
    const Rect rect{0, (5 - level) * (height + gap), width, height};
    const Rect face{look.dots(mm::kPad), rect.y, side, height};
    Node node{.id = "level." + std::to_string(level),
              .role = Role::button,
              .rect = rect,
              .marks = {Fill{.rect = rect,
                             .colour = Colour::surface,
                             .radius = look.dots(mm::kRadius),
                             .shadow = true},
                        icon_in(face, "rate_" + std::to_string(level), side, Colour::primary)},
              .label = words,
              .speech = say(look, Text::speech_button, {{"label", words}}),
              .act = Choose{.what = level}};
    const int left = face.right() + look.dots(mm::kPad);
    node.marks.emplace_back(
        set_in(look, words, type, {left, rect.y, width - left - pad, height}, Colour::text, Align::left));
    block.nodes.push_back(std::move(node));
  }
  block.height = 5 * height + 4 * gap;
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
  page.grid(faces(look, page.width()));
  return page.done();
}

}  // namespace kiosk::screens
