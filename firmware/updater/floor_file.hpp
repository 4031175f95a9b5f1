#pragma once
// The second copy of the floor, for the check that stands before the installer and shares nothing with this
// program but this file (firmware/updater/rauc_gate):
//
//   secver=7
//   data_schema=3

#include <cstdint>
#include <filesystem>

#include "hal/base/result.hpp"

namespace kiosk::updater {

struct Floor {
  std::int64_t secver = 0;       ///< only what is above it may be installed
  std::int64_t data_schema = 0;  ///< only what reads records of this version may be

  bool operator==(const Floor&) const = default;
};

/// Both 0 when there is no such file. `storage` it cannot be read · `malformed` other text.
Result<Floor> read_floor(const std::filesystem::path& file);

/// Whole or not at all, also in a power cut. `storage`.
Result<void> write_floor(const std::filesystem::path& file, const Floor& floor);

}  // namespace kiosk::updater
