#include "screens/paint/scene.hpp"

#include "screens/paint/area.hpp"
#include "screens/paint/masks.hpp"

namespace kiosk::paint {
namespace {

using screens::Rect;

int radius_of(const screens::Node& node) {
  for (const auto& mark : node.marks) {
    if (const auto* fill = std::get_if<screens::Fill>(&mark)) return fill->radius;
  }
  return focus_reach;
}

void clip_to(cairo_t* to, const Rect& rect) {
  cairo_rectangle(to, rect.x, rect.y, rect.width, rect.height);
  cairo_clip(to);
}

void paint_node(Brush brush, const screens::Node& node, bool is_pressed) {
  brush.pressed = is_pressed;
  for (const auto& mark : node.marks) {
    std::visit([&brush](const auto& any) { paint(brush, any); }, mark);
  }
  if (is_pressed && brush.medium == Medium::dots) {
    fill_band(brush.to, node.rect, radius_of(node), 4, rgba(screens::Colour::text, brush.theme));
  }
}

}  // namespace

Rect reach(const screens::Node& node, bool focused) {
  Rect all = node.rect;
  for (const auto& mark : node.marks) {
    const auto* fill = std::get_if<screens::Fill>(&mark);
    if (fill == nullptr || !fill->shadow) continue;
    constexpr ShadowReach far;
    const Rect& r = fill->rect;
    all = united(all,
                 {r.x - far.side, r.y - far.above, r.width + 2 * far.side, r.height + far.above + far.below});
  }
  if (focused) all = united(all, grown(node.rect, focus_reach));
  return all;
}

void paint_layout(const Brush& brush, const screens::Layout& layout, const Rect& part,
                  const std::string& focused, const std::string& pressed) {
  cairo_save(brush.to);
  clip_to(brush.to, part);
  set_source(brush.to, rgba(layout.background, brush.theme));
  cairo_paint(brush.to);
  const screens::Node* ringed = nullptr;
  for (const auto& node : layout.nodes) {
    if (!focused.empty() && node.id == focused) ringed = &node;
    const Rect visible = common(reach(node, false), part);
    if (empty(visible)) continue;
    cairo_save(brush.to);
    clip_to(brush.to,
            visible);  // a text that is too long for its node must not spill where nobody repaints it
    paint_node(brush, node, !pressed.empty() && node.id == pressed);
    cairo_restore(brush.to);
  }
  if (ringed != nullptr) paint_focus(brush, ringed->rect, radius_of(*ringed));
  cairo_restore(brush.to);
}

}  // namespace kiosk::paint
