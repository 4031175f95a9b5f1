#include "firmware/shell/touch.hpp"

#include <algorithm>
#include <utility>

#include "firmware/shell/acts.hpp"

namespace kiosk::shell {

using namespace std::chrono_literals;
using Phase = hal::Touch::Phase;

namespace {

const screens::Node* node_at(const screens::Layout& shown, int x, int y) {
  const screens::Node* found = nullptr;  // the last one painted lies on top
  for (const auto& node : shown.nodes) {
    if (node.touchable() && node.rect.contains(x, y)) found = &node;
  }
  return found;
}

const screens::Node* node_named(const screens::Layout& shown, const std::string& id) {
  const auto node = std::ranges::find(shown.nodes, id, &screens::Node::id);
  return node == shown.nodes.end() ? nullptr : &*node;
}

/// Two touches closer than this are one (EN 301 549, 5.8). Keys of a pad are struck fast on purpose.
Steady::duration debounce(const Settings& settings, const screens::Act& act) {
  if (settings.care) return 500ms;
  const bool key = std::holds_alternative<screens::Type>(act) || std::holds_alternative<screens::Erase>(act);
  return key ? 120ms : 300ms;
}

StrokePoint point_in(const screens::Rect& pad, const hal::Touch& touch, Steady::time_point began) {
  const auto part = [](int at, int from, int length) {
    return std::clamp(static_cast<float>(at - from) / static_cast<float>(std::max(1, length)), 0.0F, 1.0F);
  };
  return {
      .x = part(touch.x, pad.x, pad.width),
      .y = part(touch.y, pad.y, pad.height),
      .ms = static_cast<std::int32_t>(std::chrono::duration_cast<milliseconds>(touch.at - began).count())};
}

void start_stroke(State& state, const screens::Node& pad, const hal::Touch& touch) {
  // All strokes of one signature count time from the first one's first point.
  if (state.draft.strokes.empty()) state.stroke_clock = touch.at;
  state.draft.strokes.push_back({point_in(pad.rect, touch, *state.stroke_clock)});
}

void follow_stroke(State& state, const screens::Node& pad, const hal::Touch& touch) {
  if (state.draft.strokes.empty() || !state.stroke_clock) return;
  const auto next = point_in(pad.rect, touch, *state.stroke_clock);
  auto& stroke = state.draft.strokes.back();
  if (stroke.empty() || stroke.back().x != next.x || stroke.back().y != next.y) stroke.push_back(next);
}

std::vector<Effect> finger_down(State& state, const hal::Touch& touch, const screens::Layout& shown) {
  if (state.press) return {};  // a second finger does not count
  if (state.overlay == Overlay::curtain) {
    // The curtain opens on the touch that finds it, and that touch does nothing else.
    state.press = Press{.finger = touch.finger};
    state.overlay = Overlay::none;
    return {};
  }
  Press press{.finger = touch.finger};
  if (const auto* node = node_at(shown, touch.x, touch.y)) {
    press.node = node->id;
    if (std::holds_alternative<screens::Draw>(node->act)) start_stroke(state, *node, touch);
  }
  state.press = press;
  state.focus.clear();
  return {};
}

std::vector<Effect> finger_up(State& state, const hal::Touch& touch, const screens::Layout& shown) {
  const auto press = *std::exchange(state.press, std::nullopt);
  const auto* node = press.node.empty() ? nullptr : node_named(shown, press.node);
  if (node == nullptr || !node->rect.contains(touch.x, touch.y)) return {};
  if (std::holds_alternative<screens::Draw>(node->act)) return {};  // a stroke has ended; nothing was pressed
  if (state.acted_at && touch.at - *state.acted_at < debounce(state.settings, node->act)) return {};
  const auto act = node->act;  // a copy: performing may change what `shown` was laid out from
  if (std::holds_alternative<screens::Choose>(act) && !(state.page && state.page->asks))
    return {};  // not asked yet, or answered: the next touch may be the one that counts
  state.acted_at = touch.at;
  return perform(state, act, shown);
}

}  // namespace

std::vector<Effect> touched(State& state, const hal::Touch& touch, const screens::Layout& shown) {
  if (touch.phase == Phase::down) return finger_down(state, touch, shown);
  if (!state.press || state.press->finger != touch.finger) return {};
  if (touch.phase == Phase::lost) {
    state.press.reset();
    return {};
  }
  if (touch.phase == Phase::up) return finger_up(state, touch, shown);

  const auto* node = node_named(shown, state.press->node);
  state.press->inside = node != nullptr && node->rect.contains(touch.x, touch.y);
  if (node != nullptr && std::holds_alternative<screens::Draw>(node->act)) follow_stroke(state, *node, touch);
  return {};
}

std::vector<Effect> key_pressed(State& state, const hal::KeyPress& key, const screens::Layout& shown) {
  using Key = hal::KeyPress::Key;
  std::vector<const screens::Node*> stops;
  for (const auto& node : shown.nodes) {
    if (node.touchable() && !std::holds_alternative<screens::Draw>(node.act)) stops.push_back(&node);
  }
  if (stops.empty()) return {};
  const auto here = std::ranges::find(stops, state.focus, &screens::Node::id);
  const auto count = stops.size();
  const auto index = static_cast<std::size_t>(here - stops.begin());
  switch (key.key) {
    case Key::down:
      state.focus = stops[here == stops.end() ? 0 : (index + 1) % count]->id;
      return {};
    case Key::up:
      state.focus = stops[here == stops.end() ? count - 1 : (index + count - 1) % count]->id;
      return {};
    case Key::left:
      return perform(state, screens::FrameAct::back, shown);
    case Key::help:
      return perform(state, screens::FrameAct::help, shown);
    case Key::select:
    case Key::right: {
      if (here == stops.end()) {
        state.focus = stops.front()->id;
        return {};
      }
      const auto act = (*here)->act;
      return perform(state, act, shown);
    }
    case Key::louder:
    case Key::quieter:
    case Key::faster:
    case Key::slower:
      return {};
  }
  return {};
}

}  // namespace kiosk::shell
