#include "screens/widgets/card.hpp"

#include <algorithm>

namespace kiosk::screens {
namespace {

/// Label above value; icon in a column of its own.
int set_fact(const Look& look, std::vector<Mark>& marks, const Fact& fact, int x, int y, int width) {
  const int side = fact.icon.empty() ? 0 : look.dots(14), gap = side > 0 ? look.dots(mm::kPad * 0.8) : 0;
  Column words(look, x + side + gap, y, width - side - gap);
  words.text(fact.label, font(look, Letter::secondary), Colour::secondary)
      .gap(look.dots(0.5))
      .text(fact.value, font(look, Letter::body, Weight::bold));
  const int bottom = words.bottom();
  if (side > 0) {
    const Rect disc{x, y + (bottom - y - side) / 2, side, side};
    marks.emplace_back(Fill{.rect = disc, .colour = Colour::primary_soft, .radius = side / 2});
    marks.emplace_back(icon_in(disc, fact.icon, side * 3 / 5, Colour::primary));
  }
  for (Mark& mark : words.take()) marks.push_back(std::move(mark));
  return bottom;
}

struct ChipSize {
  int width = 0, height = 0;
};

ChipSize size_of(const Look& look, const Chip& chip, int room) {
  const Font type = font(look, Letter::fine, Weight::bold);
  const int inside = 2 * look.dots(2.5) + static_cast<int>(type.em) + look.dots(1);
  const int text = std::min(room - inside, width_of(look, chip.word, type));
  return {text + inside, look.type->measure(chip.word, type, text).height + 2 * look.dots(1.2)};
}

void set_chip(const Look& look, std::vector<Mark>& marks, const Chip& chip, const Rect& rect) {
  struct Dress {
    Colour ground, ink;
    const char* icon;
  };
  constexpr Dress kDress[] = {{Colour::sunken, Colour::text, "clock"},
                              {Colour::success, Colour::on_success, "check"},
                              {Colour::warning_soft, Colour::on_warning, "pause"},
                              {Colour::danger, Colour::on_danger, "warning"}};
  const Dress& dress = kDress[static_cast<int>(chip.tone)];
  const Font type = font(look, Letter::fine, Weight::bold);
  const int pad = look.dots(2.5), icon = static_cast<int>(type.em);
  marks.emplace_back(Fill{.rect = rect, .colour = dress.ground, .radius = look.dots(3)});
  marks.emplace_back(icon_in({rect.x + pad, rect.y, icon, rect.height}, dress.icon, icon, dress.ink));
  const int left = rect.x + pad + icon + look.dots(1);
  marks.emplace_back(set_in(look, chip.word, type, {left, rect.y, rect.right() - pad - left, rect.height},
                            dress.ink, Align::left));
}

}  // namespace

Block facts(const Look& look, int width, std::string id, const std::vector<Fact>& lines, bool personal) {
  const int pad = look.dots(mm::kPad), between = look.dots(mm::kPad * 0.7);
  Node node{.id = std::move(id), .rect = {0, 0, width, 0}, .personal = personal};
  std::vector<Mark> inside;
  int y = pad;
  for (const Fact& fact : lines) {
    if (y > pad) {
      inside.emplace_back(
          Fill{.rect = {pad, y + between, width - 2 * pad, std::max(1, look.dots(mm::kHairline * 0.6))},
               .colour = Colour::sunken});
      y += 2 * between;
    }
    y = set_fact(look, inside, fact, pad, y, width - 2 * pad);
    node.label = joined(look, {node.label, fact.label + " " + fact.value});
  }
  node.rect.height = y + pad;
  node.marks.emplace_back(ground(look, node.rect));
  for (Mark& mark : inside) node.marks.push_back(std::move(mark));
  node.speech = node.label;
  return {.height = node.rect.height, .nodes = {std::move(node)}};
}

namespace {

/// A little smaller, when that keeps one character from standing on a line of its own.
Font without_orphan(const Look& look, const std::string& words, Font type, int width) {
  const auto lines = [&](const Font& font) {
    return look.type->measure(words, font, width).height / look.type->measure("国", font, 0).height;
  };
  const Font smaller{.em = type.em * 0.92, .weight = type.weight};
  return lines(smaller) < lines(type) ? smaller : type;
}

}  // namespace

Block form(const Look& look, int width, std::string id, const std::vector<Fact>& lines) {
  const Font label = font(look, Letter::fine), value = font(look, Letter::body, Weight::bold);
  const int pad = look.dots(mm::kPad), gap = look.dots(lines.size() > 9 ? 2.2 : 2.8);
  int left = 0;
  for (const Fact& fact : lines) left = std::max(left, width_of(look, fact.label, label));
  const int right = width - 2 * pad - left - pad;
  if (right < static_cast<int>(value.em * 13)) return facts(look, width, std::move(id), lines, true);
  Node node{.id = std::move(id), .rect = {0, 0, width, 0}, .personal = true};
  std::vector<Mark> inside;
  int y = pad;
  const int first = look.type->measure("国", value, 0).height,
            small = look.type->measure("国", label, 0).height;
  for (const Fact& fact : lines) {
    if (y > pad) {
      inside.emplace_back(Fill{.rect = {pad, y + gap, width - 2 * pad, std::max(1, look.dots(0.3))},
                               .colour = Colour::sunken});
      y += 2 * gap;
    }
    inside.emplace_back(set(look, fact.label, label, pad, y + (first - small) / 2, left, Colour::secondary));
    inside.emplace_back(
        set(look, fact.value, without_orphan(look, fact.value, value, right), width - pad - right, y, right));
    y = std::get<TextRun>(inside.back()).rect.bottom();
    node.label = joined(look, {node.label, fact.label + " " + fact.value});
  }
  node.rect.height = y + pad;
  node.marks.emplace_back(ground(look, node.rect));
  for (Mark& mark : inside) node.marks.push_back(std::move(mark));
  node.speech = node.label;
  return {.height = node.rect.height, .nodes = {std::move(node)}};
}

Block fact_card(const Look& look, int width, std::string id, const Fact& fact, bool personal,
                const Button* change) {
  if (change == nullptr) return facts(look, width, std::move(id), {fact}, personal);
  const int button =
      std::max(look.dots(36),
               width_of(look, change->label, font(look, Letter::button, Weight::bold)) + 2 * look.dots(4));
  const int gap = look.dots(mm::kGap);
  Block block = facts(look, width - button - gap, std::move(id), {fact}, personal);
  block.height = std::max(block.height, height_of(look, *change, button));
  block.nodes.push_back(place(look, *change, {width - button, 0, button, block.height}));
  return block;
}

Block number_card(const Look& look, int width, std::string id, const std::string& label,
                  std::string_view number) {
  const int pad = look.dots(mm::kPad);
  const std::string grouped = in_fours(number);
  Font type = font(look, Letter::number, Weight::bold);
  while (type.em > font(look, Letter::body).em && width_of(look, grouped, type) > width - 2 * pad)
    type.em -= 2;
  Column words(look, pad, pad, width - 2 * pad);
  words.text(label, font(look, Letter::secondary), Colour::secondary).text(grouped, type, Colour::primary);
  Node node{.id = std::move(id),
            .role = Role::status,
            .rect = {0, 0, width, words.bottom() + pad},
            .label = label + " " + grouped,
            .speech = joined(look, {label, grouped})};
  node.marks.emplace_back(ground(look, node.rect));
  for (Mark& mark : words.take()) node.marks.push_back(std::move(mark));
  return {.height = node.rect.height, .nodes = {std::move(node)}};
}

Block code_card(const Look& look, int width, std::string id, std::string code, const std::string& label,
                const std::string& without_phone) {
  const int pad = look.dots(mm::kPad), side = look.dots(60), left = 2 * pad + side;
  const bool beside = look.size < TextSize::extra_large;
  Column words(look, beside ? left : pad, beside ? pad : 2 * pad + side,
               beside ? width - left - pad : width - 2 * pad);
  words.text(label, font(look, Letter::body, Weight::bold))
      .gap(look.dots(2))
      .text(without_phone, font(look, Letter::secondary), Colour::secondary);
  Node node{.id = std::move(id),
            .role = Role::image,
            .rect = {0, 0, width, std::max(words.bottom(), pad + side) + pad},
            .label = joined(look, {label, without_phone})};
  node.speech = node.label;
  node.marks.emplace_back(ground(look, node.rect));
  node.marks.emplace_back(QrCode{.rect = {pad, pad, side, side}, .text = std::move(code)});
  for (Mark& mark : words.take()) node.marks.push_back(std::move(mark));
  return {.height = node.rect.height, .nodes = {std::move(node)}};
}

Block bullets(const Look& look, int width, std::string id, const std::string& heading,
              const std::vector<std::string>& lines, bool numbered) {
  const int pad = look.dots(mm::kPad);
  const Font type = font(look, Letter::body);
  const int indent = static_cast<int>(type.em * 1.4);
  Node node{.id = std::move(id), .rect = {0, 0, width, 0}, .label = heading};
  std::vector<Mark> inside;
  int y = pad;
  if (!heading.empty()) {
    inside.emplace_back(
        set(look, heading, font(look, Letter::secondary), pad, y, width - 2 * pad, Colour::secondary));
    y = std::get<TextRun>(inside.back()).rect.bottom() + look.dots(2);
  }
  int count = 0;
  for (const std::string& line : lines) {
    if (count++ > 0) y += look.dots(2.5);
    inside.emplace_back(set(look, numbered ? std::to_string(count) : "•",
                            font(look, Letter::body, Weight::bold), pad, y, indent, Colour::primary));
    inside.emplace_back(set(look, line, type, pad + indent, y, width - 2 * pad - indent));
    y = std::get<TextRun>(inside.back()).rect.bottom();
    node.label = joined(look, {node.label, line});
  }
  node.rect.height = y + pad;
  node.marks.emplace_back(ground(look, node.rect));
  for (Mark& mark : inside) node.marks.push_back(std::move(mark));
  node.speech = node.label;
  return {.height = node.rect.height, .nodes = {std::move(node)}};
}

Block chip_block(const Look& look, int width, std::string id, const Chip& chip) {
  const auto size = size_of(look, chip, width);
  Node node{.id = std::move(id),
            .role = Role::status,
            .rect = {0, 0, size.width, size.height},
            .label = chip.word,
            .speech = chip.word};
  set_chip(look, node.marks, chip, node.rect);
  return {.height = size.height, .nodes = {std::move(node)}};
}

Block row(const Look& look, int width, const Row& row) {
  const bool tight = look.low_reach, tightest = tight && look.size == TextSize::extra_large;
  const int pad = look.dots(tight ? 2.5 : mm::kPad), chevron = tight ? 0 : look.dots(9);
  const int inside = width - 2 * pad - (tight ? 0 : pad + chevron);
  const auto chip = row.chip.word.empty() ? ChipSize{} : size_of(look, row.chip, inside);
  Column words(look, pad, pad, inside);
  words.text(row.title, font(look, tightest ? Letter::secondary : Letter::body, Weight::bold));
  std::string said = row.title;
  std::vector<std::string> details = row.details;
  if (tight) {
    std::string one;
    for (const std::string& detail : details) one = joined(look, {one, detail});
    details = {one};
  }
  for (const std::string& detail : details) {
    words.gap(look.dots(tight ? 0 : 1))
        .text(detail, font(look, tightest ? Letter::fine : Letter::secondary), Colour::secondary);
    said = joined(look, {said, detail});
  }
  int bottom = words.bottom();
  Node node{.id = row.id,
            .role = Role::row,
            .label = joined(look, {said, row.chip.word}),
            .act = row.act,
            .personal = row.personal};
  std::vector<Mark> marks = words.take();
  if (chip.height > 0) {
    bottom += look.dots(tight ? 1 : 2);
    set_chip(look, marks, row.chip, {pad, bottom, chip.width, chip.height});
    bottom += chip.height;
  }
  node.rect = {0, 0, width, std::max(bottom + pad, look.dots(mm::kButton))};
  node.marks.emplace_back(ground(look, node.rect));
  for (Mark& mark : marks) node.marks.push_back(std::move(mark));
  if (!tight)
    node.marks.emplace_back(
        icon_in({width - pad - chevron, 0, chevron, node.rect.height}, "forward", chevron, Colour::primary));
  node.speech =
      say(look, Text::speech_row,
          {{"label", node.label}, {"n", std::to_string(row.number)}, {"of", std::to_string(row.of)}});
  return {.height = node.rect.height, .nodes = {std::move(node)}};
}

Block tile(const Look& look, int width, int height, const Tile& tile, bool wide) {
  const int pad = look.dots(mm::kPad), disc = look.dots(wide ? 26 : 19), icon = disc * 3 / 5;
  const int left = wide ? pad + disc + pad : pad;
  Column words(look, left, 0, width - left - pad);
  words
      .text(tile.title, font(look, Letter::heading, Weight::bold),
            tile.paused ? Colour::secondary : Colour::text)
      .gap(look.dots(0.8))
      .text(tile.hint, font(look, Letter::secondary), Colour::secondary);
  const int text = words.bottom(), gap = look.dots(3);
  const int needed = 2 * pad + (wide ? std::max(text, disc) : disc + gap + text);
  const Rect rect{0, 0, width, std::max(height, needed)};
  const int inside = wide ? text : disc + gap + text;
  const int top = (rect.height - inside) / 2;
  const Rect round{pad, wide ? (rect.height - disc) / 2 : top, disc, disc};
  Node node{.id = tile.id,
            .role = Role::tile,
            .rect = rect,
            .marks = {ground(look, rect),
                      Fill{.rect = round,
                           .colour = tile.paused ? Colour::warning_soft : Colour::primary_soft,
                           .radius = disc / 2},
                      icon_in(round, tile.paused ? "pause" : tile.icon, icon,
                              tile.paused ? Colour::on_warning : Colour::primary)},
            .label = joined(look, {tile.title, tile.hint}),
            .act = tile.act};
  for (Mark& mark : words.take()) {
    std::get<TextRun>(mark).rect.y += wide ? top : top + disc + gap;
    node.marks.push_back(std::move(mark));
  }
  node.speech = say(look, Text::speech_button, {{"label", node.label}});
  return {.height = rect.height, .nodes = {std::move(node)}};
}

}  // namespace kiosk::screens
