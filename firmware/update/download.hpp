#pragma once
// Getting a released file onto the disk, and believing it only as a whole.

#include <filesystem>
#include <string>

#include "firmware/update/metadata.hpp"
#include "hal/release_mirror.hpp"

namespace kiosk::update {

/// Where a mirror has a target (5.7.3): "targets/os/HASH.kiosk.raucb", or without the hash when the
/// repository has no consistent snapshots.
std::string mirror_path(const Root& root, const std::string& path, const Target& target);

/// Lower-case hexadecimal of the whole file's SHA-256. `not_present`, `storage`, `cancelled`, `timed_out`.
Result<std::string> sha256_of_file(const std::filesystem::path& file, const Wait& wait);

/// Reads the whole file and compares it with the target. `malformed`: another length, or a hash differs; the
/// file is deleted, so that nothing can take it for good later · `not_present` no such file · `storage` it
/// cannot be read · `cancelled`, `timed_out`. Blocks as long as the disk does.
Result<void> check_file(const std::filesystem::path& file, const Target& target, const Wait& wait);

/// Brings the target into `file` from its mirror_path(), going on with what is there, and checks it; one that
/// is whole already is not asked for again. Errors of ReleaseMirror::download and check_file.
Result<void> download(hal::ReleaseMirror& mirror, const std::string& from, const Target& target,
                      const std::filesystem::path& file, const hal::ReleaseMirror::OnProgress& progress,
                      const Wait& wait);

}  // namespace kiosk::update
