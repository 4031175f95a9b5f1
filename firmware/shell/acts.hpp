#pragma once
// What a touch or a key press on a node does.

#include <vector>

#include "firmware/shell/effect.hpp"
#include "firmware/shell/state.hpp"

namespace kiosk::shell {

/// Carries out `act` as if the person had touched a node with it.
std::vector<Effect> perform(State& state, const screens::Act& act, const screens::Layout& shown);

/// Back to nobody being there: settings, drafts and pages as new. Returns the effects of forgetting.
std::vector<Effect> forget_person(State& state);

}  // namespace kiosk::shell
