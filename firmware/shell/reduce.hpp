#pragma once
// The shell: attract, home, serving, out of service; idle, language, overlays. Pure: no devices, no threads,
// no clock.

#include <vector>

#include "firmware/shell/effect.hpp"
#include "firmware/shell/event.hpp"
#include "firmware/shell/state.hpp"
#include "screens/layout.hpp"

namespace kiosk::shell {

/// What happens when `event` comes at `now` while `shown` is on the glass: changes `state`, returns what is
/// to be done outside.
std::vector<Effect> reduce(State& state, const Event& event, const screens::Layout& shown,
                           Steady::time_point now);

}  // namespace kiosk::shell
