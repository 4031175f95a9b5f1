#pragma once
// A hall's configuration as the folder of settings that a city signs for a kiosk in QEMU.

#include <filesystem>
#include <string>

#include "tests/lobby/hall/hall.hpp"

namespace kiosk::image {

/// The hall's own, with this machine's address as QEMU's user network shows it, the panel itself for the
/// glass, and an updater that looks for releases at `updates`.
void write_settings(const lobby::Hall& hall, const std::string& updates, const std::filesystem::path& folder);

}  // namespace kiosk::image
