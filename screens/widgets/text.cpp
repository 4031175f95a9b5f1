#include "screens/widgets/text.hpp"

namespace kiosk::screens {

TextRun set(const Look& look, std::string words, Font font, int x, int y, int width, Colour colour,
            Align align) {
  const auto extent = look.type->measure(words, font, width);
  return {.rect = {x, y, width, extent.height},
          .text = std::move(words),
          .font = font,
          .colour = colour,
          .align = align};
}

TextRun set_in(const Look& look, std::string words, Font font, const Rect& box, Colour colour, Align align) {
  TextRun run = set(look, std::move(words), font, box.x, box.y, box.width, colour, align);
  run.rect.y += (box.height - run.rect.height) / 2;
  return run;
}

int width_of(const Look& look, const std::string& words, Font font) {
  return look.type->measure(words, font, 0).width + 1;
}

Column& Column::text(const std::string& words, Font font, Colour colour, Align align) {
  if (words.empty()) return *this;
  TextRun run = set(look_, words, font, x_, y_, width_, colour, align);
  y_ = run.rect.bottom();
  marks_.emplace_back(std::move(run));
  return *this;
}

Column& Column::gap(int dots) {
  if (!marks_.empty()) y_ += dots;
  return *this;
}

Block paragraph(const Look& look, int width, std::string id, const std::string& words, Letter letter,
                Colour colour, Weight weight) {
  TextRun run = set(look, words, font(look, letter, weight), 0, 0, width, colour);
  Node node{.id = std::move(id), .rect = run.rect, .label = words, .speech = words};
  node.marks.emplace_back(std::move(run));
  return {.height = node.rect.height, .nodes = {std::move(node)}};
}

Fill ground(const Look& look, const Rect& rect, Colour colour) {
  const bool edge = look.theme != Theme::standard;
  return {.rect = rect,
          .colour = colour,
          .radius = look.dots(mm::kRadius),
          .border = edge ? Colour::border : Colour::none,
          .border_width = edge ? look.dots(mm::kHairline) : 0,
          .shadow = !edge && colour == Colour::surface};
}

Block banner(const Look& look, int width, std::string id, Tone tone, const std::string& words,
             bool personal) {
  struct Dress {
    Colour ground, ink;
    const char* icon;
  };
  constexpr Dress kDress[] = {{Colour::primary_soft, Colour::text, "info"},
                              {Colour::success_soft, Colour::text, "check_circle"},
                              {Colour::warning_soft, Colour::on_warning, "warning"},
                              {Colour::danger, Colour::on_danger, "warning"}};
  const Dress& dress = kDress[static_cast<int>(tone)];
  const Font type = font(look, Letter::body);
  const int pad = look.dots(mm::kPad * 0.8), side = static_cast<int>(type.em * 1.25);
  TextRun run = set(look, words, type, pad * 2 + side, pad, width - pad * 3 - side, dress.ink);
  const int height = run.rect.height + 2 * pad;
  const int first_line = look.type->measure("国", type, 0).height;
  Node node{.id = std::move(id),
            .role = Role::status,
            .rect = {0, 0, width, height},
            .marks = {ground(look, {0, 0, width, height}, dress.ground)},
            .label = words,
            .speech = words,
            .personal = personal};
  node.marks.emplace_back(icon_in({pad, pad, side, first_line}, dress.icon, side, dress.ink));
  node.marks.emplace_back(std::move(run));
  return {.height = height, .nodes = {std::move(node)}};
}

Block sign(const Look& look, std::string icon, Tone tone) {
  struct Dress {
    Colour ground, ink;
  };
  constexpr Dress kDress[] = {{Colour::primary_soft, Colour::primary},
                              {Colour::success, Colour::on_success},
                              {Colour::warning_soft, Colour::on_warning},
                              {Colour::danger, Colour::on_danger}};
  const Dress& dress = kDress[static_cast<int>(tone)];
  const int side = look.dots(34);
  const Rect round{0, 0, side, side};
  Node node{.id = "sign",
            .role = Role::image,
            .rect = round,
            .marks = {Fill{.rect = round, .colour = dress.ground, .radius = side / 2},
                      icon_in(round, std::move(icon), side * 11 / 20, dress.ink)}};
  return {.height = side, .nodes = {std::move(node)}};
}

Icon icon_in(const Rect& box, std::string name, int side, Colour colour) {
  return {.rect = {box.x + (box.width - side) / 2, box.y + (box.height - side) / 2, side, side},
          .name = std::move(name),
          .colour = colour};
}

}  // namespace kiosk::screens
