#pragma once
// The citizens' side's condition as JSON: as it is kept with an action.

#include "firmware/update/json.hpp"
#include "hal/citizens_side.hpp"

namespace kiosk::updater {

update::Json vitals_json(const hal::Vitals& vitals);

/// The reverse, also of what another version wrote: a member that is missing or of a wrong kind is as one
/// that vetoes no new system (health_gate.hpp), and further ones are passed over. `malformed`: no object.
Result<hal::Vitals> vitals_of(std::string_view json);

}  // namespace kiosk::updater
