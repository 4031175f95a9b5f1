#pragma once
// A socket with a path, at which somebody of this machine is awaited.

#include <filesystem>

#include "hal/base/fd.hpp"

namespace kiosk::lobby {

/// Listens at `path`, which does not exist yet. Aborts when that cannot be: the lobby chose the path.
Fd listen_at(const std::filesystem::path& path);

}  // namespace kiosk::lobby
