#pragma once
// Where the parts are that belong to the program and are not in it.

#include <filesystem>
#include <string>

#include "hal/base/result.hpp"

namespace kiosk::drivers {

/// The nearest lib/kiosk/FILE beside or above the program: <prefix>/lib/kiosk for an installed
/// <prefix>/bin/kiosk, and the build folder's for a program anywhere in it. `internal`: it is not there.
Result<std::filesystem::path> installed(const std::string& file);

}  // namespace kiosk::drivers
