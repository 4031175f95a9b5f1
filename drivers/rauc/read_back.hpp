#pragma once
// Looks at what a partition really holds.

#include <filesystem>

#include "hal/slots.hpp"

namespace kiosk::drivers::rauc {

/// Compares the first bytes of a partition with what was signed, read from the disk. `malformed` they are
/// others, or there are fewer · `storage` · `cancelled`, `timed_out`. Blocks for as long as the disk takes.
Result<void> read_back(const std::filesystem::path& partition, const hal::BundleManifest::Part& part,
                       const Wait& wait);

}  // namespace kiosk::drivers::rauc
