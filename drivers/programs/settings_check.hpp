#pragma once
// Whether the kiosk's programs can work with a folder of settings.

#include <filesystem>

#include "hal/base/result.hpp"

namespace kiosk::drivers {

/// Asks the programs of `folder` that have a file there; what their files name is not looked at, for it does
/// not lie where it will. `refused`: one cannot; it has said why on standard error. `not_present`: it cannot
/// be started.
Result<void> check_settings(const std::filesystem::path& settings,
                            const std::filesystem::path& folder = "/usr/bin");

}  // namespace kiosk::drivers
