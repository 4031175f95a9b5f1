#include "tests/screens/paint/random_layout.hpp"

#include <rapidcheck.h>

namespace kiosk::testing {
namespace {

using namespace screens;

int up_to(int most) {
  return *rc::gen::inRange(0, most + 1);
}

Colour some_colour() {
  return static_cast<Colour>(up_to(static_cast<int>(Colour::scrim)));
}

Rect some_rect(const Panel& panel) {
  return {up_to(panel.width) - 20, up_to(panel.height) - 20, 8 + up_to(panel.width / 2),
          8 + up_to(panel.height / 2)};
}

Mark some_mark(const Rect& rect) {
  switch (up_to(6)) {
    case 0:
      return TextRun{
          .rect = rect,
          .text = *rc::gen::element<std::string>("抵押权注销", "“业务”（登记）。", "Wait 3 min", "g"),
          .font = {16.0 + up_to(20), up_to(1) ? Weight::bold : Weight::regular},
          .colour = some_colour(),
          .align = static_cast<Align>(up_to(2)),
          .max_lines = up_to(2)};
    case 1:
      return Icon{.rect = rect,
                  .name = *rc::gen::element<std::string>("home", "card", "face"),
                  .colour = some_colour()};
    case 2:
      return QrCode{.rect = rect, .text = "https://example.org/" + std::to_string(up_to(99))};
    case 3:
      return Ring{.rect = rect, .part = up_to(20) / 10.0 - 1, .colour = some_colour()};
    case 4: {
      Stroke stroke;
      for (int i = up_to(5); i >= 0; --i)
        stroke.push_back({.x = static_cast<float>(up_to(10)) / 10, .y = static_cast<float>(up_to(10)) / 10});
      return Ink{.rect = rect, .strokes = {stroke}};
    }
    case 5: {
      auto dots = std::make_shared<Picture::Dots>();
      dots->width = 3 + up_to(10);
      dots->height = 3 + up_to(10);
      for (int i = 0; i < dots->width * dots->height * 4; ++i)
        dots->bgrx.push_back(static_cast<std::uint8_t>(i * 37));
      return Picture{.rect = rect,
                     .dots = std::move(dots),
                     .mirrored = up_to(1) == 1,
                     .oval = up_to(1) == 1,
                     .radius = up_to(9)};
    }
    default:
      return Fill{.rect = rect,
                  .colour = some_colour(),
                  .radius = up_to(30),
                  .border = some_colour(),
                  .border_width = up_to(5),
                  .shadow = up_to(1) == 1};
  }
}

Node some_node(const std::string& id, const Panel& panel) {
  Node node{.id = id, .rect = some_rect(panel)};
  for (int i = up_to(3); i >= 0; --i) node.marks.push_back(some_mark(node.rect));
  if (up_to(1)) node.act = Choose{};
  return node;
}

}  // namespace

Layout random_layout(const Panel& panel) {
  Layout layout{.name = "random"};
  for (int i = up_to(6); i >= 0; --i) layout.nodes.push_back(some_node("node." + std::to_string(i), panel));
  return layout;
}

Layout random_edit(Layout layout, const Panel& panel) {
  auto& nodes = layout.nodes;
  if (nodes.empty()) {
    nodes.push_back(some_node("node.0", panel));
    return layout;
  }
  const auto place = static_cast<std::size_t>(up_to(static_cast<int>(nodes.size()) - 1));
  const auto at = nodes.begin() + static_cast<std::ptrdiff_t>(place);
  switch (up_to(4)) {
    case 0:
      nodes.insert(at, some_node("node.new." + std::to_string(up_to(1'000'000)), panel));
      break;
    case 1:
      nodes.erase(at);
      break;
    case 2:
      *at = some_node(at->id, panel);
      break;
    case 3:
      at->marks.push_back(some_mark(at->rect));
      break;
    default:
      std::swap(nodes.front(), *at);
  }
  return layout;
}

}  // namespace kiosk::testing
