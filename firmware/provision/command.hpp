#pragma once
// The program kiosk-provision, as a function: a stick from the moment it is plugged in until it is pulled
// out.

#include <filesystem>

#include "firmware/provision/take.hpp"
#include "hal/base/wait.hpp"
#include "hal/power.hpp"

namespace kiosk::provision {

/// Takes what the stick brings, tells the glass through `progress` how that goes, and waits for the stick to
/// be pulled out. After that, or a minute later, a machine that has taken something restarts: nothing is to
/// run on with half of its settings old. Answers the program's exit status: 0 taken · 1 refused.
int provision_command(hal::Stick& stick, Machine& machine, hal::Power& power,
                      const std::filesystem::path& progress, const Wait& wait);

}  // namespace kiosk::provision
