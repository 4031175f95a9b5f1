#pragma once
// The command line of kiosk-release.

#include <ostream>
#include <string>
#include <vector>

#include "hal/base/clock.hpp"

namespace kiosk::release {

/// Runs one command; `arguments` without the program's name. Says what it did, or why not, on `out`. 0 done ·
/// 1 refused or failed · 2 the arguments are wrong.
int release_command(const std::vector<std::string>& arguments, const Clock& clock, std::ostream& out);

}  // namespace kiosk::release
