#include "screens/citizen/sign.hpp"

#include <algorithm>

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

/// The box for the finger: at least 90 x 45 mm; what was drawn stands in it.
Block pad(const Look& look, int width, int height, const Draft& draft) {
  const Rect box{0, 0, width, height};
  Node node{.id = "pad",
            .role = Role::pad,
            .rect = box,
            .marks = {Fill{.rect = box,
                           .colour = Colour::surface,
                           .radius = look.dots(mm::kRadius),
                           .border = Colour::border,
                           .border_width = look.dots(mm::kHairline)}},
            .label = say(look, Text::sign_pad),
            .speech = say(look, Text::sign_pad),
            .act = Draw{},
            .personal = true};
  const int inset = look.dots(10), line = height - height / 5;
  node.marks.emplace_back(
      Fill{.rect = {inset, line, width - 2 * inset, look.dots(0.6)}, .colour = Colour::border});
  if (draft.strokes.empty())
    node.marks.emplace_back(set_in(look, say(look, Text::sign_here), font(look, Letter::body),
                                   {inset, 0, width - 2 * inset, line}, Colour::secondary));
  node.marks.emplace_back(Ink{.rect = box, .strokes = draft.strokes});
  return {.height = height, .nodes = {std::move(node)}};
}

}  // namespace

Layout layout(const Sign& screen, const Look& look, const Draft& draft) {
  using Kind = Sign::Answer::Kind;
  Page page(Sign::name, look, draft);
  page.step(4, 4).title(say(look, Text::sign_title)).lead(say(look, Text::sign_lead));
  page.add(facts(look, page.width(), "who",
                 {{say(look, screen.document), screen.masked_name.reveal(), "person"}}, true));
  if (screen.too_little_before)
    page.add(banner(look, page.width(), "problem", Tone::warning, say(look, Text::sign_too_little)));
  page.answer({.id = "done", .label = say(look, Text::sign_done), .act = choose(Kind::done)});
  page.answer_pair({.id = "clear",
                    .label = say(look, Text::sign_clear),
                    .act = Clear{},
                    .kind = Button::Kind::outline,
                    .icon = "retry"},
                   {.id = "cannot_sign",
                    .label = say(look, Text::sign_cannot_sign),
                    .act = choose(Kind::cannot_sign),
                    .kind = Button::Kind::outline});
  page.add(pad(look, page.width(), std::clamp(page.room(), look.dots(46), look.dots(120)), draft));
  return page.done();
}

}  // namespace kiosk::screens
