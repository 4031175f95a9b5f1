#include "screens/widgets/timeline.hpp"

#include <algorithm>

namespace kiosk::screens {

Block timeline(const Look& look, int width, std::string id, const std::vector<Stage>& stages) {
  const int pad = look.dots(mm::kPad), dot = look.dots(9), thick = look.dots(1);
  const Font name = font(look, Letter::body, Weight::bold), small = font(look, Letter::secondary);
  const int line = std::max(look.type->measure("国", name, 0).height, dot) + look.dots(5);
  const int left = pad + dot + pad, half = (width - left - pad) / 2;
  Node node{.id = std::move(id), .role = Role::progress, .rect = {0, 0, width, 0}};
  std::vector<Mark> marks;
  int y = pad;
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const Stage& stage = stages[i];
    const Rect round{pad, y + (line - dot) / 2, dot, dot};
    const bool reached = stage.done || stage.current;
    if (i + 1 < stages.size())
      marks.emplace_back(Fill{.rect = {pad + (dot - thick) / 2, round.bottom(), thick, line - dot},
                              .colour = stage.done ? Colour::success : Colour::border});
    marks.emplace_back(Fill{.rect = round,
                            .colour = stage.done      ? Colour::success
                                      : stage.current ? Colour::primary
                                                      : Colour::surface,
                            .radius = dot / 2,
                            .border = reached ? Colour::none : Colour::border,
                            .border_width = reached ? 0 : look.dots(0.7)});
    if (stage.done) marks.emplace_back(icon_in(round, "check", dot * 7 / 10, Colour::on_success));
    if (stage.current)
      marks.emplace_back(
          Fill{.rect = {round.x + dot / 3, round.y + dot / 3, dot - 2 * (dot / 3), dot - 2 * (dot / 3)},
               .colour = Colour::on_primary,
               .radius = dot / 6});
    const std::string state = say(look, stage.done      ? Text::stage_state_done
                                        : stage.current ? Text::stage_state_current
                                                        : Text::stage_state_ahead);
    const std::string right = stage.date.empty() ? state : stage.date;
    const Font own = font(look, Letter::body, reached ? Weight::bold : Weight::regular);
    marks.emplace_back(set_in(look, stage.name, own, {left, y, half, line},
                              reached ? Colour::text : Colour::secondary, Align::left));
    marks.emplace_back(set_in(look, right, small, {left + half, y, width - pad - left - half, line},
                              Colour::secondary, Align::right));
    node.label = joined(look, {node.label, stage.name, state, stage.date});
    y += line;
  }
  node.rect.height = y + pad;
  node.speech = node.label;
  node.marks.emplace_back(ground(look, node.rect));
  for (Mark& mark : marks) node.marks.push_back(std::move(mark));
  return {.height = node.rect.height, .nodes = {std::move(node)}};
}

}  // namespace kiosk::screens
