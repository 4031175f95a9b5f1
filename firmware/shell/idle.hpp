#pragma once
// How long the shell waits for a sign of life, and what it does then (UX 2.5; VVSG 7.2, WCAG 2.2.1).

#include "firmware/shell/state.hpp"
#include "screens/layout.hpp"

namespace kiosk::shell {

struct Limits {
  Steady::duration home, session, warning, curtain, ending;
  Steady::duration staff = std::chrono::minutes(10);  ///< after a call, in every mode
};

/// Standard, or longer in any accessible mode.
Limits limits(const Settings& settings);

/// What the silence since `state.touched_at` has led to at `now`.
enum class Silence { fine, to_attract, cover, warn, end, call_staff };
Silence silence(const State& state, const screens::Layout& shown, Steady::time_point now);

/// Seconds left on the warning page.
int seconds_left(const State& state, Steady::time_point now);

/// When silence() changes next, or the countdown shows its next second: the shell wants a Tick then. max()
/// when nothing is due, so that an idle kiosk sleeps.
Steady::time_point next_due(const State& state, const screens::Layout& shown, Steady::time_point now);

}  // namespace kiosk::shell
