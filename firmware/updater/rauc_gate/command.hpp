#pragma once
// kiosk-rauc-gate FLOOR COMPATIBLE: what RAUC runs.

#include <iosfwd>
#include <string>
#include <vector>

namespace kiosk::updater::rauc_gate {

/// `mount_point`: RAUC_BUNDLE_MOUNT_POINT, where the verified bundle is mounted; the manifest in it is judged
/// by the floor. Answers the exit status: 0 may be installed · 1 may not, with the reason on `out` · 2 wrong
/// arguments. What cannot be read may not be installed.
int gate_command(const std::vector<std::string>& arguments, const std::string& mount_point,
                 std::ostream& out);

}  // namespace kiosk::updater::rauc_gate
