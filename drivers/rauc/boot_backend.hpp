#pragma once
// What RAUC asks to learn and to change whose turn it is at the next start: its custom boot loader backend.
// It may say that a slot it begins to write is bad. Everything else is for the updater alone, which asks the
// boot state itself, so that nobody who talks RAUC into something has a slot started that was not looked at.
//
// Source: RAUC 1.8, "Custom" in "Bootloader Interaction"; get-trial and clear-tries are for
// image/root/guard.

#include <iosfwd>
#include <string>
#include <vector>

#include "drivers/rauc/boot_state.hpp"

namespace kiosk::drivers::rauc {

/// `get-primary` and `get-state SLOT` print their answer, and `get-trial` the slot that nobody called good
/// yet, if there is one; `set-state SLOT bad` is heeded for the slot that is not first; `clear-tries SLOT`
/// counts its starts anew, of a slot that is neither bad nor on trial. 0 · 1 refused or not kept, said on
/// `err` · 2 no such command.
int boot_backend_command(BootState& state, const std::vector<std::string>& words, std::ostream& out,
                         std::ostream& err);

}  // namespace kiosk::drivers::rauc
