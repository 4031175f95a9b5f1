#include "firmware/shell/view.hpp"

#include <algorithm>
#include <string>

#include "firmware/shell/idle.hpp"
#include "screens/citizen/attract.hpp"
#include "screens/citizen/curtain.hpp"
#include "screens/citizen/help.hpp"
#include "screens/citizen/home.hpp"
#include "screens/citizen/leave.hpp"
#include "screens/citizen/out_of_service.hpp"
#include "screens/citizen/service_closed.hpp"
#include "screens/citizen/settings.hpp"
#include "screens/citizen/still_there.hpp"
#include "screens/citizen/take_card.hpp"
#include "screens/citizen/working.hpp"

namespace kiosk::shell {

namespace {

using screens::ServiceHealth;

ServiceHealth health(const State& state) {
  using screens::Closed;
  const auto count = [&](Closed why) {
    return std::ranges::count(state.services, why, &screens::ServiceTile::closed);
  };
  if (count(Closed::checking) > 0) return ServiceHealth::checking;
  const auto open = count(Closed::open);
  if (open == std::ssize(state.services)) return ServiceHealth::all;
  return open == 0 ? ServiceHealth::none : ServiceHealth::some;
}

/// The session's page. While it has not shown one, for a moment, the one that its service began with last
/// time.
const Page* page_of(const State& state, Steady::time_point now) {
  if (state.page) return &*state.page;
  if (state.mode != Mode::serving || now >= state.work_shows_at) return nullptr;
  const auto known = state.first_pages.find(state.beginning);
  return known == state.first_pages.end() ? nullptr : &known->second;
}

/// Without that, a session that has not shown a page yet stands behind the page where it was begun.
Mode visible_mode(const State& state, Steady::time_point now) {
  const bool beginning =
      state.mode == Mode::serving && page_of(state, now) == nullptr && now < state.work_shows_at;
  return beginning ? state.begun_at : state.mode;
}

screens::Screen underneath(const State& state, Steady::time_point now) {
  switch (visible_mode(state, now)) {
    case Mode::attract: {
      auto first = state.services;
      first.resize(std::min<std::size_t>(first.size(), 3));
      return screens::Attract{.hall_name = state.site.hall_name,
                              .services = std::move(first),
                              .health = health(state),
                              .hours = state.site.hours,
                              .supervision_phone = state.site.phone};
    }
    case Mode::home:
      return screens::Home{
          .hall_name = state.site.hall_name, .services = state.services, .health = health(state)};
    case Mode::serving:
      if (const auto* page = page_of(state, now)) return page->screen;
      return screens::Working{.what = screens::Working::What::starting};
    case Mode::ending:
      return screens::Working{.what = screens::Working::What::ending};
    case Mode::card_left:
      return screens::TakeCard{.staff_called = state.call == screens::Help::Call::called};
    case Mode::out_of_service:
      if (state.not_ready) return *state.not_ready;
      return screens::OutOfService{.back_at = state.pause ? state.pause->back_at : std::string(),
                                   .elsewhere = state.site.elsewhere,
                                   .phone = state.site.phone,
                                   .planned = state.pause.has_value()};
  }
  return screens::Working{};
}

screens::ServiceTile closed_service(const State& state) {
  const auto tile = std::ranges::find(state.services, state.closed_service, &screens::ServiceTile::id);
  return tile == state.services.end() ? screens::ServiceTile{.id = state.closed_service} : *tile;
}

screens::Screen on_top(const State& state, Steady::time_point now) {
  switch (state.overlay) {
    case Overlay::none:
      break;
    case Overlay::help:
      return screens::Help{.about = std::string(underneath(state, now).name()),
                           .phone = state.site.phone,
                           .call = state.call,
                           .call_number = state.call_number};
    case Overlay::settings:
      return screens::Settings{};
    case Overlay::still_there:
      return screens::StillThere{.seconds_left = seconds_left(state, now)};
    case Overlay::curtain:
      return screens::Curtain{};
    case Overlay::leave:
      return screens::Leave{.submitted = state.submitted};
    case Overlay::closed_service:
      return screens::ServiceClosed{.service = closed_service(state), .elsewhere = state.site.elsewhere};
  }
  return underneath(state, now);
}

}  // namespace

Showing showing(const State& state, const screens::Typesetter& type, Steady::time_point now) {
  const bool own_page = state.overlay != Overlay::none;
  const auto mode = visible_mode(state, now);
  const auto* page = page_of(state, now);
  return {
      .screen = on_top(state, now),
      .draft = own_page ? screens::Draft{.page = state.overlay_page} : state.draft,
      .frame = {.hall_name = state.site.hall_name,
                .clock = state.clock,
                .can_go_back =
                    own_page ? state.overlay != Overlay::still_there && state.overlay != Overlay::curtain
                             : page != nullptr && page->can_go_back,
                .can_go_home = mode == Mode::serving || mode == Mode::home,
                .identified = state.identified},
      .look = state.settings.look(state.site.panel, &type),
  };
}

screens::Layout lay_out(const Showing& showing) {
  const auto& [screen, draft, frame, look] = showing;
  return screens::framed(screen.layout(look, draft), frame, look);
}

}  // namespace kiosk::shell
