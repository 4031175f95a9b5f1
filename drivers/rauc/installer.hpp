#pragma once
// RAUC's service, which writes a bundle into the slot that does not run.
//
// Source: RAUC 1.8, "D-Bus API", de.pengutronix.rauc.Installer.

#include <filesystem>

#include "hal/slots.hpp"

namespace kiosk::drivers::rauc {

/// Asks it to install and follows it to its end. `unreachable`, `busy`; `refused`, `malformed` and `storage`
/// by what it says; `cancelled`, `timed_out`: it was begun and goes on by itself. Blocks for minutes.
/// `progress` is told of every step below 1000.
Result<void> install(const std::filesystem::path& bundle, const hal::Slots::OnProgress& progress,
                     const Wait& wait);

}  // namespace kiosk::drivers::rauc
