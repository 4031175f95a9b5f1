#pragma once
// Pictures of the glass.

#include "hal/base/bytes.hpp"
#include "tests/lobby/glass/shared_glass.hpp"

namespace kiosk::lobby {

/// That part of the picture as a PNG, packed fast rather than small (a page of flat colours takes some 20
/// ms). Parts outside of it are cut; nothing of it left gives nothing.
Bytes to_png(const Snapshot& picture, hal::DotRect part);

/// All of it.
Bytes to_png(const Snapshot& picture);

}  // namespace kiosk::lobby
