#pragma once
// Another program, to its end.

#include <string>
#include <vector>

#include "hal/base/result.hpp"

namespace kiosk::drivers {

/// Runs `command` (a whole path, then its arguments) with this program's output and answers its exit status;
/// 128 and the signal's number when one ended it. `not_present`: it cannot be started. Blocks until it ends.
Result<int> run_program(std::vector<std::string> command);

}  // namespace kiosk::drivers
