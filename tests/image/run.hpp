#pragma once
// What the processes of one run have in common, which share its tests: whoever claims one first has it. Each
// is in a network of its own, so that ports, keys and the machines that were made with them are the same for
// all.

#include <filesystem>

#include "hal/base/fd.hpp"
#include "hal/base/result.hpp"
#include "hal/base/wait.hpp"

namespace kiosk::image {

/// The folder where tests are claimed (KIOSK_CLAIMS); empty when this process has them all.
std::filesystem::path claims();

/// From here on 127.0.0.1 is this process's alone, and all its ports are free. Before there is a second
/// thread. `refused`: only root may, and not in every container.
Result<void> leave_network();

/// Waits until no other process makes this. Is held by who looks whether it is there, and makes it; not
/// twice by one process. `storage`, `timed_out`.
Result<Fd> lock(const std::filesystem::path& made, const Wait& wait);

}  // namespace kiosk::image
