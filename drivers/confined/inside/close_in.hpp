#pragma once
// The lock on the door, from inside.

#include <cstddef>

#include "hal/base/result.hpp"

namespace kiosk::drivers::confined {

/// From now on this process can compute, ask for at most `most_memory` bytes more, and send and receive on
/// its standard input; anything else ends it at once (SIGSYS). It opens nothing, starts nothing, signals
/// nobody, maps no file and nothing that can be run, dumps no core, cannot be looked into by its own user,
/// and dies with the thread that started it. There is no way back. One thread only, and everything loaded
/// before. `internal`: the kernel refused; then nothing may be done but to end.
Result<void> close_in(std::size_t most_memory);

}  // namespace kiosk::drivers::confined
