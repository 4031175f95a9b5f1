#pragma once
// The program kiosk-updater, as a function.

#include <iosfwd>
#include <string>
#include <vector>

#include "firmware/updater/service/outfit.hpp"

namespace kiosk::updater {

/// `arguments`: those after the program's name. Values and help go to `out`, complaints to `errors`. Answers
/// the exit status that --help names.
int updater_command(const std::vector<std::string>& arguments, const Outfit& outfit, std::ostream& out,
                    std::ostream& errors, const Wait& wait);

}  // namespace kiosk::updater
