#pragma once
// The second gate against downgrade: what stands between the installer and the disk. It runs as RAUC's
// pre-install handler, after RAUC has verified the bundle and before it touches a slot, whoever asked for the
// installation: the updater, or somebody who took its place. It shares nothing with the updater but one file,
// so that a mistake there lets nothing through here.

#include <cstdint>
#include <string>
#include <string_view>

#include "hal/base/result.hpp"

namespace kiosk::updater::rauc_gate {

/// What a bundle's manifest says. A GKeyFile: docs/reference.rst of RAUC 1.8, "Manifest".
struct Manifest {
  std::string compatible;        ///< [update] compatible
  std::int64_t secver = 0;       ///< [update] build, "secver=7 data_schema=3"
  std::int64_t data_schema = 0;  ///< the same
};

/// `malformed`, with the line: not a key file, or one of the three is missing, twice or no number from 1.
Result<Manifest> read_manifest(std::string_view text);

/// The floor: two lines, "secver=7" and "data_schema=3".
struct Floor {
  std::int64_t secver = 0;
  std::int64_t data_schema = 0;
};

/// `malformed`: anything else.
Result<Floor> read_floor(std::string_view text);

/// `refused`: not above the floor, cannot read the kiosk's records, or for other machines.
Result<void> check(const Manifest& manifest, const Floor& floor, std::string_view compatible);

}  // namespace kiosk::updater::rauc_gate
