#include "firmware/shell/reduce.hpp"

#include <algorithm>
#include <utility>

#include "firmware/shell/acts.hpp"
#include "firmware/shell/idle.hpp"
#include "firmware/shell/touch.hpp"
#include "screens/citizen/problem.hpp"

namespace kiosk::shell {

namespace {

struct Reducer {
  State& state;
  const screens::Layout& shown;
  Steady::time_point now;

  using Effects = std::vector<Effect>;

  Effects operator()(const Tick& tick) const {
    state.clock = tick.clock;
    if (state.pause && now >= state.pause->at_longest) open();
    if (state.coming && now >= state.work_shows_at) turn_to(*std::exchange(state.coming, std::nullopt));
    switch (silence(state, shown, now)) {
      case Silence::fine:
        return {};
      case Silence::cover:
        state.overlay = Overlay::curtain;
        return {};
      case Silence::warn:
        state.overlay = Overlay::still_there;
        return {};
      case Silence::to_attract: {
        auto effects = forget_person(state);
        if (state.mode == Mode::home) state.mode = resting_mode();
        return effects;
      }
      case Silence::end: {
        state.mode = Mode::ending;
        state.overlay = Overlay::none;
        return {EndSession{EndReason::idle}};
      }
      case Silence::call_staff: {  // somebody forgot their card
        state.call = screens::Help::Call::calling;
        return {CallStaff{.page = std::string(shown.name), .request = ++state.call_request}};
      }
    }
    return {};
  }

  Effects operator()(const hal::InputEvent& input) const {
    if (const auto* touch = std::get_if<hal::Touch>(&input)) {
      return touch_on(*touch);
    }
    if (const auto* key = std::get_if<hal::KeyPress>(&input)) {
      state.touched_at = now;
      return key_pressed(state, *key, shown);
    }
    return {};
  }

  Effects touch_on(const hal::Touch& touch) const {
    const bool up = touch.phase == hal::Touch::Phase::up;
    if (state.mode == Mode::attract && up && !state.press) return {};
    state.touched_at = now;
    auto effects = touched(state, touch, shown);
    if (!up || !effects.empty() || !untouched(touch)) return effects;
    // The finger came up on nothing: any sign of life closes the warning, and anywhere on attract begins.
    if (state.overlay == Overlay::still_there) {
      state.overlay = Overlay::none;
    } else if (state.mode == Mode::attract && state.overlay == Overlay::none) {
      state.mode = Mode::home;
    }
    return effects;
  }

  Effects operator()(const PageShown& shown_page) const {
    if (state.mode != Mode::serving) return {};
    Page page{.ticket = shown_page.ticket,
              .screen = shown_page.screen,
              .question = shown_page.asks,
              .asks = shown_page.asks,
              .can_go_back = shown_page.can_go_back};
    const bool foreseen = begins_as_before(page);
    const bool at_work = state.page && !state.page->question;
    if (!page.question && !at_work) {
      if (state.page && !state.coming) state.work_shows_at = now + work_shows_after;
      state.coming = std::move(page);
      return {};
    }
    const bool same = shown_page.same_page && state.page && state.page->screen.name() == page.screen.name();
    if (same || foreseen) {
      state.coming.reset();
      state.page = std::move(page);  // a finger that is down on it stays down
    } else {
      turn_to(std::move(page));
    }
    return {};
  }

  Effects operator()(const SessionStands& stands) const {
    state.identified = stands.identified;
    state.submitted = stands.submitted;
    return {};
  }

  Effects operator()(const SessionEnded& ended) const {
    auto effects = forget_person(state);
    state.mode = ended.card_left ? Mode::card_left : resting_mode();
    state.touched_at = now;
    return effects;
  }

  Effects operator()(CardTaken) const {
    if (state.mode == Mode::card_left) state.mode = resting_mode();
    state.touched_at = now;  // somebody stands there
    return {};
  }

  Effects operator()(const Offer& offer) const {
    state.services = offer.services;
    state.out_of_service = offer.out_of_service;
    if (state.overlay == Overlay::closed_service && opened(state.closed_service))
      state.overlay = Overlay::none;  // it works again: back to the tiles, without a touch
    const bool resting =
        state.mode == Mode::attract || state.mode == Mode::out_of_service || state.mode == Mode::home;
    if (resting && (offer.out_of_service || state.mode == Mode::out_of_service)) state.mode = resting_mode();
    return {};
  }

  Effects operator()(const NotReady& stands) const {
    state.not_ready = stands.how;
    return {};
  }

  Effects operator()(const StaffCall& call) const {
    if (state.call != screens::Help::Call::calling || call.request != state.call_request) return {};
    state.call = call.placed ? screens::Help::Call::called : screens::Help::Call::failed;
    state.call_number = call.number;
    return {};
  }

  Effects operator()(const Attend& question) const { return {attended(question.request)}; }

  Effects operator()(const StayClosed& wish) const {
    const auto answer = attended(wish.request);
    if (!answer.somebody) {
      state.pause = {.back_at = wish.back_at, .at_longest = wish.at_longest};
      state.mode = resting_mode();
    }
    return {answer};
  }

  Effects operator()(const OpenAgain& wish) const {
    open();
    return {attended(wish.request)};
  }

  void open() const {
    state.pause.reset();
    if (state.mode == Mode::out_of_service) state.mode = resting_mode();
  }

  Attended attended(std::uint64_t request) const {
    const bool resting = state.mode == Mode::attract || state.mode == Mode::out_of_service;
    const bool somebody =
        !resting || state.press || state.overlay != Overlay::none || state.call != screens::Help::Call::none;
    return {.request = request,
            .somebody = somebody,
            .nobody_for = somebody ? Steady::duration::zero() : now - state.touched_at};
  }

  bool opened(const std::string& id) const {
    const auto tile = std::ranges::find(state.services, id, &screens::ServiceTile::id);
    return tile != state.services.end() && tile->closed == screens::Closed::open;
  }

  Mode resting_mode() const {
    return state.out_of_service || state.pause ? Mode::out_of_service : Mode::attract;
  }

  /// Whether this is a service's first page and the one it began with last time: it stands on the glass
  /// already. A service that begins with a fault begins otherwise next time.
  bool begins_as_before(const Page& page) const {
    if (state.beginning.empty() || !page.question) return false;
    const auto service = std::exchange(state.beginning, {});
    if (page.screen.name() == screens::Problem::name) return false;
    const auto known = state.first_pages.find(service);
    const bool as_before = known != state.first_pages.end() && known->second.screen == page.screen;
    state.first_pages.insert_or_assign(service, page);
    return as_before && now < state.work_shows_at;
  }

  void turn_to(Page page) const {
    state.coming.reset();
    state.draft = {};
    state.press.reset();
    state.focus.clear();
    state.stroke_clock.reset();
    alive();  // reading begins now
    state.page = std::move(page);
  }

  /// A page that comes by itself is a sign of life too, and closes the warning.
  void alive() const {
    state.touched_at = now;
    if (state.overlay == Overlay::still_there) state.overlay = Overlay::none;
  }

  /// Whether the finger came up on nothing that has an act of its own.
  bool untouched(const hal::Touch& touch) const {
    for (const auto& node : shown.nodes) {
      if (node.touchable() && node.rect.contains(touch.x, touch.y)) return false;
    }
    return true;
  }
};

}  // namespace

std::vector<Effect> reduce(State& state, const Event& event, const screens::Layout& shown,
                           Steady::time_point now) {
  return std::visit(Reducer{state, shown, now}, event);
}

}  // namespace kiosk::shell
