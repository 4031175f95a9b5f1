#pragma once
// The program kiosk-audit, as a function.

#include <iosfwd>
#include <span>
#include <string>

namespace kiosk::records {

/// `arguments`: those after the program's name. Writes the report to `out`. Returns the exit status: 0 the
/// trail is whole, 1 it is not, 2 the arguments or a file cannot be used.
int audit_command(std::span<const std::string> arguments, std::ostream& out);

}  // namespace kiosk::records
