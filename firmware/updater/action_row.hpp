#pragma once
// An action as it lies in the store.

#include "firmware/updater/action.hpp"
#include "hal/store.hpp"

namespace kiosk::updater {

inline constexpr const char* actions_table = "updater_actions";

hal::Table actions_columns();
hal::Row row_of(const Action& action);

/// A newer updater may have written it and given way to this one: a step that this one does not know is a
/// trial where a slot was written, else the end, and an outcome no judgement. `storage`: the key is no id ·
/// `malformed`: the vitals are none.
Result<Action> action_of(const hal::Row& row);

/// "00000012": keys are in the order of their ids.
std::string key_of(std::int64_t id);

}  // namespace kiosk::updater
