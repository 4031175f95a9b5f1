#pragma once
// The store in one SQLite file.

#include <filesystem>
#include <memory>

#include "hal/base/clock.hpp"
#include "hal/base/personal.hpp"
#include "hal/store.hpp"

namespace kiosk::drivers {

/// Opens the database at `path`, or makes one. The folder must exist. `key`: 32 bytes that seal the personal
/// cells; wiped when the store ends. A damaged database is renamed to `<path>.damaged-<UTC time>` with its
/// log, never deleted; a fresh one is opened in its place, the log says so as an error and health() until the
/// file is taken away. `storage`: the file cannot be used · `refused`: a newer program has settled, or
/// it was sealed with another key (it is left as it is) · `busy`: another program holds it · `internal`: a
/// key that is not 32 bytes, a schema with bad names. Blocks for the disk: the whole file is checked, about
/// 10 ms a MB.
Result<std::unique_ptr<hal::Store>> make_sqlite(const std::filesystem::path& path, PersonalBytes key,
                                                hal::Schema schema);

/// The key in a file of 32 bytes that only its owner may read; a file that is not there is made, with a new
/// key. `refused`: others may read it · `malformed`: not 32 bytes · `storage`: it cannot be read or written.
Result<PersonalBytes> key_from_file(const std::filesystem::path& path, Random& random);

}  // namespace kiosk::drivers
