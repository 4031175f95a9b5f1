#pragma once
// What the updater says of itself, as JSON values: for the maintenance menu and telemetry, which read them
// line by line. Members are added, never changed.

#include "firmware/update/json.hpp"
#include "firmware/updater/policy.hpp"

namespace kiosk::updater {

/// {"event":"status", "running":…, "floor":…, "action":…, "last_poll":…, "history":[…]}: everything that
/// stands. `slots`: nothing when nobody could say.
update::Json status_json(const State& state, const std::optional<hal::SlotsState>& slots);

/// One action: release, step, outcome, times in UTC.
update::Json action_json(const Action& action);

}  // namespace kiosk::updater
