#include "screens/paint/painter.hpp"

#include <algorithm>
#include <cstring>

#include <strings.h>

#include "screens/paint/area.hpp"
#include "screens/paint/changes.hpp"
#include "screens/paint/masks.hpp"
#include "screens/paint/scene.hpp"

namespace kiosk::paint {

using screens::Rect;

namespace {

constexpr std::size_t most_shot_dots = 4'000'000;  // 16 MB: the pressed state of every button of a page
constexpr std::size_t most_ready = 2;

std::uint32_t* at(const Glass& glass, int x, int y) {
  return glass.dots + static_cast<std::ptrdiff_t>(y) * glass.stride + x;
}

std::size_t area(const Rect& part) {
  return static_cast<std::size_t>(part.width) * static_cast<std::size_t>(part.height);
}

/// Rows of `part` from one picture to the same place of another.
void copy(const Glass& from, const Glass& to, const Rect& part) {
  for (int y = part.y; y < part.bottom(); ++y) {
    std::memcpy(at(to, part.x, y), at(from, part.x, y),
                static_cast<std::size_t>(part.width) * sizeof(std::uint32_t));
  }
}

/// A buffer that holds only `part`, addressed with the coordinates of the whole glass.
Glass only(std::vector<std::uint32_t>& dots, const Rect& part) {
  return {.dots = dots.data() - (static_cast<std::ptrdiff_t>(part.y) * part.width + part.x),
          .width = part.right(),
          .height = part.bottom(),
          .stride = part.width};
}

/// Cairo on `part` of the glass, in the glass's coordinates.
void paint_part(const Type& type, const Glass& glass, const Rect& part, screens::Theme theme,
                const screens::Layout& layout, const std::string& focused, const std::string& pressed) {
  const Surface surface(
      cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(at(glass, part.x, part.y)),
                                          CAIRO_FORMAT_RGB24, part.width, part.height, glass.stride * 4));
  cairo_surface_set_device_offset(surface.get(), -part.x, -part.y);
  const Context to(cairo_create(surface.get()));
  paint_layout({.to = to.get(), .type = type, .theme = theme}, layout, part, focused, pressed);
}

void wipe_dots(std::vector<std::uint32_t>& dots) {
  ::explicit_bzero(dots.data(), dots.size() * sizeof(std::uint32_t));
}

const screens::Node* node_of(const screens::Layout& layout, const std::string& id) {
  if (id.empty()) return nullptr;
  const auto found = std::ranges::find(layout.nodes, id, &screens::Node::id);
  return found == layout.nodes.end() ? nullptr : &*found;
}

}  // namespace

/// A whole page painted ahead of time.
struct Painter::Ready {
  screens::Layout layout;
  screens::Theme theme = screens::Theme::standard;
  std::vector<std::uint32_t> dots;  ///< empty: not yet painted
};

Painter::Painter(Type& type, const Glass& glass) : type_(type), glass_(glass) {}

Painter::~Painter() {
  for (auto& shot : shots_) wipe_dots(shot.dots);
  wipe(layout_);
}

std::vector<Rect> Painter::show(screens::Layout layout, const screens::Look& look, const std::string& focused,
                                const std::string& pressed) {
  const Rect all = {0, 0, glass_.width, glass_.height};
  auto parts =
      fresh_ || look.theme != theme_ || layout.name != layout_.name ? std::nullopt : changes(layout_, layout);
  std::vector<Rect> states;  // where only focus or finger moved
  const auto state_changed = [&](const std::string& before, const std::string& after, bool ring) {
    if (before == after) return;
    if (const auto* node = node_of(layout_, before)) add(states, reach(*node, ring));
    if (const auto* node = node_of(layout, after)) add(states, reach(*node, ring));
  };
  state_changed(focused_, focused, true);
  state_changed(pressed_, pressed, false);
  if (parts && !focused.empty() && focused == focused_) {  // the ring moves with its node
    const auto* old = node_of(layout_, focused);
    const auto* node = node_of(layout, focused);
    if ((old == nullptr) != (node == nullptr) || (old != nullptr && old->rect != node->rect)) {
      if (old != nullptr) add(*parts, reach(*old, true));
      if (node != nullptr) add(*parts, reach(*node, true));
    }
  }

  wipe(layout_);
  layout_ = std::move(layout);
  theme_ = look.theme;
  if (!parts) {
    drop_shots(all);
    focused_ = focused;
    pressed_ = pressed;
    fresh_ = false;
    if (focused.empty() && pressed.empty() && show_ready(layout_, theme_)) return {all};
    paint_part(type_, glass_, all, theme_, layout_, focused_, pressed_);
    return {all};
  }
  for (const auto& part : *parts) drop_shots(part);
  std::vector<Rect> changed = *std::move(parts);
  const bool state_only = changed.empty();
  for (const auto& part : states) add(changed, part);
  for (auto& part : changed) part = common(part, all);
  std::erase_if(changed, [](const Rect& part) { return empty(part); });
  const auto focused_before = std::exchange(focused_, focused),
             pressed_before = std::exchange(pressed_, pressed);
  for (const auto& part : changed) {
    if (state_only && exchange_with_shot(part, focused_before, pressed_before)) continue;
    paint_part(type_, glass_, part, theme_, layout_, focused_, pressed_);
  }
  return changed;
}

void Painter::lost(const Glass& glass) {
  glass_ = glass;
  fresh_ = true;
}

void Painter::expect(screens::Layout layout, const screens::Look& look) {
  if (layout.personal()) return;
  for (const auto& page : ready_) {
    if (page->theme == look.theme && page->layout == layout) return;
  }
  if (ready_.size() == most_ready) ready_.pop_front();
  ready_.push_back(std::make_unique<Ready>(std::move(layout), look.theme));
}

bool Painter::idle_work() {
  if (fresh_) return false;
  const Rect all = {0, 0, glass_.width, glass_.height};
  for (const auto& node : layout_.nodes) {
    if (!node.touchable() || node.id == pressed_ || std::holds_alternative<screens::Draw>(node.act)) continue;
    const Rect part = common(reach(node, false), all);
    if (empty(part) || find(part, focused_, node.id) != nullptr) continue;
    if (shot_dots_ + area(part) > most_shot_dots) break;
    Shot shot{.part = part, .focused = near(focused_, part), .pressed = node.id, .dots = {}};
    shot.dots.resize(area(part));
    paint_part(type_, only(shot.dots, part), part, theme_, layout_, focused_, node.id);
    keep(std::move(shot));
    return true;
  }
  for (const auto& page : ready_) {
    if (!page->dots.empty()) continue;
    page->dots.resize(area(all));
    paint_part(type_, only(page->dots, all), all, page->theme, page->layout, {}, {});
    return true;
  }
  return false;
}

void Painter::forget() {
  for (auto& shot : shots_) wipe_dots(shot.dots);
  shots_.clear();
  shot_dots_ = 0;
  wipe(layout_);
  layout_ = {};
  focused_.clear();
  pressed_.clear();
  type_.forget();
  fresh_ = true;
}

std::string Painter::near(const std::string& id, const Rect& part) const {
  const auto* node = node_of(layout_, id);
  return node != nullptr && !empty(common(reach(*node, true), part)) ? id : std::string();
}

Painter::Shot* Painter::find(const Rect& part, const std::string& focused, const std::string& pressed) {
  const auto found = std::ranges::find_if(shots_, [&](const Shot& shot) {
    return shot.part == part && shot.focused == near(focused, part) && shot.pressed == near(pressed, part);
  });
  return found == shots_.end() ? nullptr : &*found;
}

void Painter::keep(Shot shot) {
  shot_dots_ += shot.dots.size();
  shots_.push_back(std::move(shot));
  while (shot_dots_ > most_shot_dots) {
    shot_dots_ -= shots_.front().dots.size();
    wipe_dots(shots_.front().dots);
    shots_.pop_front();
  }
}

void Painter::drop_shots(const Rect& part) {
  std::erase_if(shots_, [&](Shot& shot) {
    if (empty(common(shot.part, part))) return false;
    shot_dots_ -= shot.dots.size();
    wipe_dots(shot.dots);
    return true;
  });
}

bool Painter::exchange_with_shot(const Rect& part, const std::string& focused_before,
                                 const std::string& pressed_before) {
  Shot* shot = find(part, focused_, pressed_);
  if (shot == nullptr) return false;
  const Glass kept = only(shot->dots, part);
  for (int y = part.y; y < part.bottom(); ++y) {
    std::swap_ranges(at(kept, part.x, y), at(kept, part.x, y) + part.width, at(glass_, part.x, y));
  }
  shot->focused = near(focused_before, part);
  shot->pressed = near(pressed_before, part);
  return true;
}

bool Painter::show_ready(const screens::Layout& layout, screens::Theme theme) {
  for (const auto& page : ready_) {
    if (page->theme != theme || page->dots.empty() || page->layout != layout) continue;
    const Rect all = {0, 0, glass_.width, glass_.height};
    copy(only(page->dots, all), glass_, all);
    return true;
  }
  return false;
}

}  // namespace kiosk::paint
