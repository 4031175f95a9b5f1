#pragma once
// A shell in the hand of a test: a page that needs no drawing, fingers, and a clock.

#include <algorithm>

#include <gtest/gtest.h>

#include "firmware/shell/reduce.hpp"

namespace kiosk::shell {

using namespace std::chrono_literals;
using hal::KeyPress;
using hal::Touch;
using screens::Act;
using screens::Choose;
using screens::FrameAct;
using screens::Patience;
using screens::Rect;

/// A page that needs no drawing: what the shell knows of pages is their layout alone.
struct Blank {
  static constexpr std::string_view name = "blank";
  int value = 0;
  bool operator==(const Blank&) const = default;
};
inline screens::Layout layout(const Blank&, const screens::Look&, const screens::Draft&) {
  screens::Layout blank;
  blank.name = Blank::name;
  return blank;
}

/// A shell with a hand-made page on the glass and a clock that stands still until it is moved.
class Shell : public ::testing::Test {
 protected:
  Shell() {
    state.touched_at = now;
    state.services = {{.id = "mortgage_cancellation"},
                      {.id = "progress", .closed = screens::Closed::network}};
    shown.name = "blank";
  }

  void put(const std::string& id, Rect rect, Act act) {
    shown.nodes.push_back({.id = id, .role = screens::Role::button, .rect = rect, .act = std::move(act)});
  }

  std::vector<Effect> send(const Event& event) {
    auto effects = reduce(state, event, shown, now);
    done.insert(done.end(), effects.begin(), effects.end());
    return effects;
  }

  std::vector<Effect> finger(Touch::Phase phase, int x, int y, int which = 0) {
    return send(hal::InputEvent(Touch{.phase = phase, .finger = which, .x = x, .y = y, .at = now}));
  }

  std::vector<Effect> tap(int x, int y) {
    finger(Touch::Phase::down, x, y);
    auto effects = finger(Touch::Phase::up, x, y);
    now += 1s;
    return effects;
  }

  void serve(Patience patience = Patience::session) {
    state.mode = Mode::serving;
    shown.patience = patience;
    send(PageShown{.ticket = 7, .screen = Blank{}, .asks = true, .can_go_back = true});
  }

  void wait(Steady::duration span) {
    now += span;
    send(Tick{});
  }

  template <class T>
  int count() const {
    return static_cast<int>(
        std::ranges::count_if(done, [](const Effect& e) { return std::holds_alternative<T>(e); }));
  }

  State state;
  screens::Layout shown;
  Steady::time_point now = Steady::time_point(100h);
  std::vector<Effect> done;
};

}  // namespace kiosk::shell
