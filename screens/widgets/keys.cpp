#include "screens/widgets/keys.hpp"

#include <algorithm>

namespace kiosk::screens {
namespace {

Node key(const Look& look, std::string id, const std::string& face, std::string icon, Act act,
         const Rect& rect) {
  const bool digit = icon.empty();
  Node node{.id = std::move(id),
            .role = Role::key,
            .rect = rect,
            .marks = {ground(look, rect, digit ? Colour::surface : Colour::sunken)},
            .label = face,
            .speech = face,
            .act = std::move(act)};
  if (digit) {
    Font type = font(look, Letter::title, Weight::bold);
    type.em = std::min(type.em, rect.height * 0.62);
    node.marks.emplace_back(set_in(look, face, type, rect));
    return node;
  }
  const Font type = font(look, Letter::fine, Weight::bold);
  const int words = look.type->measure(face, type, rect.width).height;
  const int side = std::min(look.dots(9), rect.height - words - look.dots(2));
  if (side < look.dots(4)) {
    node.marks.emplace_back(set_in(look, face, type, rect));
    return node;
  }
  const int top = rect.y + (rect.height - side - words) / 2;
  node.marks.emplace_back(icon_in({rect.x, top, rect.width, side}, std::move(icon), side, Colour::text));
  node.marks.emplace_back(set_in(look, face, type, {rect.x, top + side, rect.width, words}));
  return node;
}

}  // namespace

Block field(const Look& look, int width, const Field& field) {
  const int pad = look.dots(mm::kPad);
  const std::string shown = field.given + field.typed;
  const int typed = static_cast<int>(shown.size());
  // One box a digit; a wider gap after each fourth.
  const int gap = look.dots(1), wide = look.dots(3.5);
  const int fours = (field.length - 1) / 4;
  const int box = std::min(
      look.dots(17), (width - 2 * pad - gap * (field.length - 1) - (wide - gap) * fours) / field.length);
  const Font label = font(look, Letter::secondary);
  const int label_height = field.label.empty() ? 0 : look.type->measure(field.label, label, 0).height;
  const int high = std::max(look.dots(19), box * 5 / 4),
            top = pad + (label_height > 0 ? label_height + look.dots(2) : 0);
  const Rect card{0, 0, width, top + high + pad};
  Node node{.id = field.id,
            .role = Role::field,
            .rect = card,
            .marks = {ground(look, card)},
            .label = field.label,
            .speech = joined(
                look, {field.label, say(look, Text::speech_digits_typed, {{"n", std::to_string(typed)}})}),
            .personal = field.personal && typed > 0};
  if (label_height > 0)
    node.marks.emplace_back(set(look, field.label, label, pad, pad, width - 2 * pad, Colour::secondary));
  Font digit = font(look, Letter::title, Weight::bold);
  digit.em = std::min(digit.em, box * 1.25);
  const int all = box * field.length + gap * (field.length - 1) + (wide - gap) * fours;
  int x = (width - all) / 2;
  for (int i = 0; i < field.length; ++i) {
    const Rect place{x, top, box, high};
    const bool next = field.current && i == typed;
    node.marks.emplace_back(
        Fill{.rect = place,
             .colour = i < static_cast<int>(field.given.size()) ? Colour::sunken : Colour::surface,
             .radius = look.dots(1.5),
             .border = next ? Colour::primary : Colour::border,
             .border_width = next ? look.dots(1) : std::max(1, look.dots(0.4))});
    if (i < typed) {
      const char c = shown[static_cast<std::size_t>(i)];
      if (c == '*') {
        const int dot = box / 3;
        node.marks.emplace_back(Fill{.rect = {x + (box - dot) / 2, top + (high - dot) / 2, dot, dot},
                                     .colour = Colour::text,
                                     .radius = dot / 2});
      } else {
        node.marks.emplace_back(set_in(look, std::string(1, c), digit, place));
      }
    }
    x += box + (i % 4 == 3 ? wide : gap);
  }
  return {.height = card.height, .nodes = {std::move(node)}};
}

Block key_pad(const Look& look, int width, int height, bool open) {
  const int gap = look.dots(3), wide = std::min(column(width, 3, gap), look.dots(76));
  const int high = std::clamp((height - 3 * gap) / 4, look.dots(mm::kKey), look.dots(38));
  const int left = (width - 3 * wide - 2 * gap) / 2;
  Block block{.height = 4 * high + 3 * gap, .nodes = {}};
  const auto at = [&](int line, int place) {
    return Rect{left + place * (wide + gap), line * (high + gap), wide, high};
  };
  for (int digit = 1; digit <= 9; ++digit) {
    const std::string face = std::to_string(digit);
    block.nodes.push_back(key(look, "key." + face, face, {}, Type{open ? face : std::string()},
                              at((digit - 1) / 3, (digit - 1) % 3)));
  }
  block.nodes.push_back(key(look, "key.clear", say(look, Text::button_clear), "close", Clear{}, at(3, 0)));
  block.nodes.push_back(key(look, "key.0", "0", {}, Type{open ? "0" : ""}, at(3, 1)));
  block.nodes.push_back(key(look, "key.erase", say(look, Text::button_erase), "erase", Erase{}, at(3, 2)));
  return block;
}

}  // namespace kiosk::screens
