#pragma once
// What image/boot/grub.cfg does, on the same files.

#include <filesystem>

#include "hal/slots.hpp"

namespace kiosk::testing {

/// The machine starts: counts, and says which slot's kernel runs. `state`: the files of KSTATE.
hal::Slot boot(const std::filesystem::path& state);

}  // namespace kiosk::testing
