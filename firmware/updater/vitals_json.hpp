#pragma once
// The citizens' side's condition as JSON: as it is kept with an action.

#include "firmware/update/json.hpp"
#include "hal/citizens_side.hpp"

namespace kiosk::updater {

update::Json vitals_json(const hal::Vitals& vitals);

/// The reverse. `malformed`: a member is missing or of a wrong kind; further ones are passed over.
Result<hal::Vitals> vitals_of(std::string_view json);

}  // namespace kiosk::updater
