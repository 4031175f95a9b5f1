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
  if (dots.empty()) return;  // data() may be null then
  ::explicit_bzero(dots.data(), dots.size() * sizeof(std::uint32_t));
}

const screens::Node* node_of(const screens::Layout& layout, const std::string& id) {
  if (id.empty()) return nullptr;
  const auto found = std::ranges::find(layout.nodes, id, &screens::Node::id);
  return found == layout.nodes.end() ? nullptr : &*found;
}

}  // namespace

Painter::Painter(Type& type, const Glass& glass) : type_(type), glass_(glass) {}

Painter::~Painter() {
  drop_ready();
  for (auto& shot : shots_) wipe_dots(shot.dots);
  for (auto& dots : doomed_) wipe_dots(dots);
  wipe(layout_);
}

std::vector<Rect> Painter::show(screens::Layout layout, const screens::Look& look, const std::string& focused,
                                const std::string& pressed) {
  const Rect all = {0, 0, glass_.width, glass_.height};
  auto parts = content_changes(layout, look.theme);
  const bool state_only = parts.empty();
  const auto states = state_changes(layout, focused, pressed);
  for (const auto& part : parts) drop_shots(part);

  wipe(layout_);
  layout_ = std::move(layout);
  theme_ = look.theme;
  fresh_ = false;
  const auto focused_before = std::exchange(focused_, focused);
  const auto pressed_before = std::exchange(pressed_, pressed);

  for (const auto& part : states) add(parts, part);
  for (auto& part : parts) part = common(part, all);
  std::erase_if(parts, [](const Rect& part) { return empty(part); });
  const bool painted = !state_only && focused.empty() && pressed.empty() && ready();
  for (const auto& part : parts) {
    if (state_only && exchange_with_shot(part, focused_before, pressed_before)) continue;
    if (painted && common(part, ready_->part) == part) {
      copy(only(ready_->dots, ready_->part), glass_, part);
    } else {
      paint_part(type_, glass_, part, theme_, layout_, focused_, pressed_);
    }
  }
  if (painted) drop_ready();
  return parts;
}

std::vector<Rect> Painter::content_changes(const screens::Layout& layout, screens::Theme theme) const {
  const Rect all = {0, 0, glass_.width, glass_.height};
  if (fresh_ || theme != theme_) return {all};
  auto parts = changes(layout_, layout);
  if (!parts) return {all};
  if (layout.name == layout_.name || parts->empty()) return *std::move(parts);
  Rect page;  // another page: what lies between the bars, in one piece
  for (const auto& part : *parts) page = united(page, part);
  return {page};
}

std::vector<Rect> Painter::state_changes(const screens::Layout& layout, const std::string& focused,
                                         const std::string& pressed) const {
  std::vector<Rect> parts;
  const auto compare = [&](const std::string& before, const std::string& after, bool ring) {
    const auto* old = node_of(layout_, before);
    const auto* now = node_of(layout, after);
    if (before == after && (old == nullptr || now == nullptr ? old == now : old->rect == now->rect)) return;
    if (old != nullptr) add(parts, reach(*old, ring));
    if (now != nullptr) add(parts, reach(*now, ring));
  };
  compare(focused_, focused, true);
  compare(pressed_, pressed, false);
  return parts;
}

void Painter::lost(const Glass& glass) {
  drop_ready();  // the new dots may be of another size
  glass_ = glass;
  fresh_ = true;
}

void Painter::move_to(const Glass& glass) {
  if (fresh_ || glass.width != glass_.width || glass.height != glass_.height) return lost(glass);
  copy(glass_, glass, {0, 0, glass.width, glass.height});
  glass_ = glass;
}

void Painter::expect(screens::Layout layout, const screens::Look& look) {
  if (ready_ && ready_->theme == look.theme && ready_->layout == layout) return;
  drop_ready();
  ready_.emplace(std::move(layout), look.theme, Rect{});
}

bool Painter::idle_work() {
  if (!doomed_.empty()) {
    wipe_dots(doomed_.back());
    doomed_.pop_back();
    return true;
  }
  if (fresh_) return false;
  if (!pressed_.empty() && paint_ready()) return true;  // the finger will be up in a tenth of a second
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
  return paint_ready();
}

bool Painter::ready() const {
  return ready_ && !ready_->dots.empty() && ready_->theme == theme_ && ready_->layout == layout_;
}

bool Painter::paint_ready() {
  if (!ready_ || !ready_->dots.empty()) return false;
  Rect part;
  for (const auto& changed : content_changes(ready_->layout, ready_->theme)) part = united(part, changed);
  ready_->part = part = common(part, {0, 0, glass_.width, glass_.height});
  if (empty(part)) return false;
  ready_->dots.resize(area(part));
  paint_part(type_, only(ready_->dots, part), part, ready_->theme, ready_->layout, {}, {});
  return true;
}

/// Overwriting its dots can wait until the new page is on the glass.
void Painter::drop_ready() {
  if (!ready_) return;
  wipe(ready_->layout);
  doomed_.push_back(std::move(ready_->dots));
  ready_.reset();
}

void Painter::forget() {
  drop_ready();
  for (auto& shot : shots_) wipe_dots(shot.dots);
  for (auto& dots : doomed_) wipe_dots(dots);
  shots_.clear();
  doomed_.clear();
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
  // Overwriting them can wait until the new page is on the glass.
  const auto gone = std::stable_partition(shots_.begin(), shots_.end(),
                                          [&](const Shot& shot) { return empty(common(shot.part, part)); });
  for (auto shot = gone; shot != shots_.end(); ++shot) {
    shot_dots_ -= shot->dots.size();
    doomed_.push_back(std::move(shot->dots));
  }
  shots_.erase(gone, shots_.end());
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

}  // namespace kiosk::paint
