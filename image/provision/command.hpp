#pragma once
// The command line of kiosk-pack.

#include <ostream>
#include <string>
#include <vector>

namespace kiosk::pack {

/// Runs one command; `arguments` without the program's name. Says what it did, or why not, on `out`. 0 done ·
/// 1 refused or failed · 2 the arguments are wrong.
int pack_command(const std::vector<std::string>& arguments, std::ostream& out);

}  // namespace kiosk::pack
