#include "firmware/app/glass.hpp"

#include <algorithm>
#include <vector>

#include "firmware/domain/date.hpp"
#include "firmware/shell/idle.hpp"
#include "firmware/shell/reduce.hpp"

namespace kiosk::app {

using namespace std::chrono_literals;

namespace {

paint::Glass glass_of(const hal::Canvas& canvas) {
  return {canvas.dots, canvas.width, canvas.height, canvas.stride};
}

std::vector<hal::DotRect> dots_of(const std::vector<screens::Rect>& rects) {
  std::vector<hal::DotRect> dots;
  dots.reserve(rects.size());
  for (const auto& rect : rects) dots.push_back({rect.x, rect.y, rect.width, rect.height});
  return dots;
}

/// Keys and strokes change too little of a page to paint all of it ahead.
bool leads_to_another_page(const shell::State& now, const shell::State& next) {
  return next.mode != now.mode || next.overlay != now.overlay || next.draft.page != now.draft.page ||
         next.overlay_page != now.overlay_page;
}

shell::State from_now_on(shell::State state, const Clock& clock) {
  state.clock = domain::time_in_china(clock.now());
  state.touched_at = Steady::now();
  return state;
}

}  // namespace

Glass::Glass(paint::Type& type, const Clock& clock, shell::State begin,
             std::function<void(const screens::Layout&)> on_layout, ServiceManager& manager)
    : clock_(clock),
      on_layout_(std::move(on_layout)),
      manager_(manager),
      type_(type),
      first_dots_(static_cast<std::size_t>(begin.site.panel.width) *
                  static_cast<std::size_t>(begin.site.panel.height)),
      painter_(type,
               {first_dots_.data(), begin.site.panel.width, begin.site.panel.height, begin.site.panel.width}),
      state_(from_now_on(std::move(begin), clock)),
      showing_(shell::showing(state_, type_, Steady::now())),
      layout_(shell::lay_out(showing_)),
      events_([this] { display_->wake(); }) {
  painter_.show(layout_, showing_.look);
}

void Glass::stop() {
  stopped_ = true;
  display_->wake();
}

Steady::time_point Glass::next_minute() const {
  const auto now = clock_.now();
  return Steady::now() + (std::chrono::floor<std::chrono::minutes>(now) + 1min - now);
}

void Glass::handle(const shell::Event& event) {
  for (const auto& effect : shell::reduce(state_, event, layout_, Steady::now())) {
    if (std::holds_alternative<shell::WipeGlass>(effect)) {
      painter_.forget();
      ahead_.reset();
    }
    act_(effect);
  }
  lay_out();
}

/// Most events change nothing that is seen, and many were foreseen.
void Glass::lay_out() {
  auto next = shell::showing(state_, type_, Steady::now());
  if (next == showing_) return;
  layout_ = ahead_ && ahead_->showing == next ? std::move(ahead_->layout) : shell::lay_out(next);
  showing_ = std::move(next);
  ahead_.reset();
}

Result<void> Glass::show() {
  const auto changed = painter_.show(layout_, showing_.look, state_.focus, shell::pressed(state_));
  if (!changed.empty()) return present(changed);
  if (std::exchange(untold_, false)) tell();
  return {};
}

Result<void> Glass::present(const std::vector<screens::Rect>& changed) {
  TRY(display_->present(dots_of(changed)));
  if (display_->status().usable()) {
    seen_ = true;
    manager_.ready();
  }
  tell();
  look_ahead();
  return {};
}

/// A page that stands there before the session asks it cannot be answered, so nobody hears of it yet.
void Glass::tell() {
  untold_ = state_.mode == shell::Mode::serving && !state_.page;
  if (on_layout_ && !untold_) on_layout_(layout_);
}

/// Paints ahead of the finger: while one is down, what it will lead to when it comes up, as the shell itself
/// says; while somebody reads attract, the menu behind it.
void Glass::look_ahead() {
  auto next = state_;
  const auto now = Steady::now();
  if (state_.press) {
    const auto node = std::ranges::find(layout_.nodes, state_.press->node, &screens::Node::id);
    if (node == layout_.nodes.end() || !state_.press->inside) return;
    const hal::Touch up{hal::Touch::Phase::up, state_.press->finger, node->rect.x, node->rect.y, now};
    shell::reduce(next, hal::InputEvent{up}, layout_, now);
  } else if (state_.mode == shell::Mode::attract && state_.overlay == shell::Overlay::none) {
    next.mode = shell::Mode::home;
  }
  if (!leads_to_another_page(state_, next)) return;
  auto showing = shell::showing(next, type_, now);
  if (ahead_ && ahead_->showing == showing) return;
  auto layout = shell::lay_out(showing);
  painter_.expect(layout, showing.look);
  ahead_ = Page{std::move(showing), std::move(layout)};
}

Result<void> Glass::first_frame(hal::Display& display) {
  display_ = &display;
  const auto canvas = glass_of(display.canvas());
  painter_.move_to(canvas);
  first_dots_.release();
  painter_.show(layout_, showing_.look);  // paints only on a canvas of another size than the panel's
  return present({{0, 0, canvas.width, canvas.height}});
}

Result<void> Glass::run(const std::function<void(const shell::Effect&)>& act) {
  act_ = act;
  while (!stopped_) {
    const bool more = painter_.idle_work();
    const auto due = std::min(next_minute(), shell::next_due(state_, layout_, Steady::now()));
    auto input = display_->next_event(more ? Steady::now() : std::min(due, manager_.next_alive()));
    manager_.alive(Steady::now());
    if (Steady::now() >= due) handle(shell::Tick{.clock = domain::time_in_china(clock_.now())});
    // Everything that has come is taken before one frame is painted.
    for (; input; input = display_->next_event(Steady::now())) {
      if (std::holds_alternative<hal::Closed>(*input)) return {};
      if (std::holds_alternative<hal::Exposed>(*input)) painter_.lost(glass_of(display_->canvas()));
      handle(*input);
    }
    while (auto event = events_.try_take()) handle(*event);
    TRY(show());
  }
  return {};
}

}  // namespace kiosk::app
