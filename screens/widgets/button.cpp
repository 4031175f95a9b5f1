#include "screens/widgets/button.hpp"

#include <algorithm>

namespace kiosk::screens {
namespace {

struct Dress {
  Colour ground, ink, border;
};

Dress dress_of(Button::Kind kind) {
  switch (kind) {
    case Button::Kind::primary:
      return {Colour::primary, Colour::on_primary, Colour::none};
    case Button::Kind::danger:
      return {Colour::danger, Colour::on_danger, Colour::none};
    case Button::Kind::quiet:
      return {Colour::background, Colour::primary, Colour::none};
    case Button::Kind::outline:
      break;
  }
  return {Colour::surface, Colour::primary, Colour::primary};
}

struct Inside {
  Font type;
  int icon, gap, text;
};

Inside inside(const Look& look, const Button& button, int width) {
  const Font type = font(look, Letter::button, Weight::bold);
  const int icon = button.icon.empty() ? 0 : static_cast<int>(type.em * 1.1);
  const int gap = icon > 0 ? look.dots(2.5) : 0;
  if (button.bare) return {type, icon, 0, 0};
  const int room = width - 2 * look.dots(3) - icon - gap;
  return {type, icon, gap, std::min(room, width_of(look, button.label, type))};
}

}  // namespace

int height_of(const Look& look, const Button& button, int width) {
  const Inside in = inside(look, button, width);
  const int text = look.type->measure(button.label, in.type, in.text).height;
  return std::max(look.dots(mm::kButton), text + 2 * look.dots(2.5));
}

Node place(const Look& look, const Button& button, const Rect& rect) {
  const Inside in = inside(look, button, rect.width);
  const Dress dress = dress_of(button.kind);
  Node node{.id = button.id,
            .role = Role::button,
            .rect = rect,
            .marks = {Fill{.rect = rect,
                           .colour = dress.ground,
                           .radius = look.dots(mm::kRadius),
                           .border = dress.border,
                           .border_width = dress.border == Colour::none ? 0 : look.dots(0.75)}},
            .label = button.label,
            .speech = button.speech.empty() ? say(look, Text::speech_button, {{"label", button.label}})
                                            : button.speech,
            .act = button.act};
  const int left = rect.x + (rect.width - in.icon - in.gap - in.text) / 2;
  if (in.icon > 0)
    node.marks.emplace_back(icon_in({left, rect.y, in.icon, rect.height}, button.icon, in.icon, dress.ink));
  if (button.bare) return node;
  node.marks.emplace_back(set_in(look, button.label, in.type,
                                 {left + in.icon + in.gap, rect.y, in.text, rect.height}, dress.ink));
  return node;
}

Block block_of(const Look& look, const Button& button, int width) {
  const int height = height_of(look, button, width);
  return {.height = height, .nodes = {place(look, button, {0, 0, width, height})}};
}

Node choice(const Look& look, std::string id, std::string label, bool chosen, Act act, const Rect& rect,
            Role role) {
  const Font type = font(look, Letter::secondary, chosen ? Weight::bold : Weight::regular);
  const Colour ink = chosen ? Colour::on_primary : Colour::text;
  Node node{.id = std::move(id),
            .role = role,
            .rect = rect,
            .marks = {Fill{.rect = rect,
                           .colour = chosen ? Colour::primary : Colour::surface,
                           .radius = look.dots(mm::kRadius),
                           .border = chosen ? Colour::primary : Colour::border,
                           .border_width = look.dots(mm::kHairline)}},
            .label = label,
            .speech = say(look, chosen ? Text::speech_chosen : Text::speech_not_chosen, {{"label", label}}),
            .act = std::move(act),
            .on = chosen};
  const int mark = chosen ? static_cast<int>(type.em) : 0, gap = chosen ? look.dots(1) : 0;
  const int room = rect.width - 2 * look.dots(1.5) - mark - gap;
  const int text = std::min(room, width_of(look, label, type));
  const int left = rect.x + (rect.width - mark - gap - text) / 2;
  if (chosen) node.marks.emplace_back(icon_in({left, rect.y, mark, rect.height}, "check", mark, ink));
  node.marks.emplace_back(
      set_in(look, std::move(label), type, {left + mark + gap, rect.y, text, rect.height}, ink));
  return node;
}

}  // namespace kiosk::screens
