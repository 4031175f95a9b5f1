#include "firmware/shell/idle.hpp"

#include <algorithm>
#include <array>

namespace kiosk::shell {

using namespace std::chrono_literals;
using screens::Patience;

Limits limits(const Settings& settings) {
  if (settings.accessible()) {
    return {.home = 120s, .session = 300s, .warning = 45s, .curtain = 90s, .ending = 60s};
  }
  return {.home = 60s, .session = 120s, .warning = 30s, .curtain = 45s, .ending = 30s};
}

namespace {

bool untouched(const State& state) {
  return state.overlay == Overlay::none && state.settings == state.site.defaults &&
         state.call == screens::Help::Call::none;
}

}  // namespace

Silence silence(const State& state, const screens::Layout& shown, Steady::time_point now) {
  const auto limit = limits(state.settings);
  const auto quiet = now - state.touched_at;
  const auto home = shown.patience == Patience::staff ? limit.staff : limit.home;
  switch (state.mode) {
    case Mode::home:
      return quiet >= home ? Silence::to_attract : Silence::fine;
    case Mode::attract:
    case Mode::out_of_service:
      // Whoever opened help, changed the settings or called staff may have gone without a word.
      return quiet >= home && !untouched(state) ? Silence::to_attract : Silence::fine;
    case Mode::card_left:
      return quiet >= limit.ending && state.call == screens::Help::Call::none ? Silence::call_staff
                                                                              : Silence::fine;
    case Mode::ending:
      return Silence::fine;
    case Mode::serving:
      break;
  }
  if (state.overlay == Overlay::still_there) {
    return quiet >= limit.session + limit.warning ? Silence::end : Silence::fine;
  }
  if (shown.patience == Patience::working) return Silence::fine;
  if (shown.patience == Patience::staff) return quiet >= limit.staff ? Silence::end : Silence::fine;
  if (shown.patience == Patience::ending) return quiet >= limit.ending ? Silence::end : Silence::fine;
  if (quiet >= limit.session) return Silence::warn;
  if (quiet >= limit.curtain && state.overlay == Overlay::none && shown.personal()) return Silence::cover;
  return Silence::fine;
}

int seconds_left(const State& state, Steady::time_point now) {
  const auto limit = limits(state.settings);
  const auto left = state.touched_at + limit.session + limit.warning - now;
  return std::max(0, static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count()));
}

Steady::time_point next_due(const State& state, const screens::Layout& shown, Steady::time_point now) {
  const bool work_waits = state.mode == Mode::serving && (state.coming || !state.page);
  if (work_waits && state.work_shows_at > now) return state.work_shows_at;
  if (state.mode == Mode::serving && state.overlay == Overlay::still_there) {
    const auto end = state.touched_at + limits(state.settings).session + limits(state.settings).warning;
    return end - std::chrono::seconds(std::max(0, seconds_left(state, now) - 1));
  }
  const auto limit = limits(state.settings);
  std::array spans{limit.ending, limit.curtain, limit.home, limit.session, limit.staff};
  std::ranges::sort(spans);
  for (const auto span : spans) {
    const auto at = state.touched_at + span;
    if (at > now && silence(state, shown, at) != silence(state, shown, now)) return at;
  }
  return Steady::time_point::max();
}

}  // namespace kiosk::shell
