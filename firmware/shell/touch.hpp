#pragma once
// Fingers and keys to acts: one finger counts, a press starts and ends on the same thing, a bounce is one
// press.

#include <vector>

#include "firmware/shell/effect.hpp"
#include "firmware/shell/state.hpp"
#include "hal/display.hpp"

namespace kiosk::shell {

std::vector<Effect> touched(State& state, const hal::Touch& touch, const screens::Layout& shown);

std::vector<Effect> key_pressed(State& state, const hal::KeyPress& key, const screens::Layout& shown);

}  // namespace kiosk::shell
