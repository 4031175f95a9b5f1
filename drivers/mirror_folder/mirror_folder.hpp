#pragma once
// Releases from a folder: what a web server would serve, on a stick.

#include <filesystem>
#include <memory>

#include "hal/release_mirror.hpp"

namespace kiosk::drivers {

/// `folder`: where "metadata/" and "targets/" lie. It need not be there yet: calls say `unplugged` until it
/// is. The folder itself may be reached by symbolic links, nothing in it. A download always begins anew: a
/// stick that was away may be another one, and it is quick.
std::unique_ptr<hal::ReleaseMirror> make_mirror_folder(std::filesystem::path folder);

}  // namespace kiosk::drivers
