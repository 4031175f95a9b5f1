#pragma once
// Keeping a damaged database: it may hold what an expert can still read.

#include <filesystem>
#include <string>
#include <vector>

#include "hal/base/result.hpp"

namespace kiosk::drivers {

/// Renames the database and its log to `<path>.damaged-<UTC time>`; returns that name. `storage`.
Result<std::filesystem::path> set_aside(const std::filesystem::path& path);

/// All that were set aside here and not taken away, oldest first.
std::vector<std::string> all_set_aside(const std::filesystem::path& path);

}  // namespace kiosk::drivers
