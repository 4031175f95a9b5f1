#pragma once
// Opening a database that may be damaged.

#include "drivers/sqlite/connection.hpp"

namespace kiosk::drivers {

/// Opens and checks the file. A damaged one is set aside and a fresh one takes its place. Errors as
/// make_sqlite.
Result<Connection> open_or_replace(const std::filesystem::path& path);

}  // namespace kiosk::drivers
