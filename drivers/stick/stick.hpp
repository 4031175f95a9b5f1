#pragma once
// A USB stick, by its block device.

#include <filesystem>
#include <memory>

#include "hal/stick.hpp"

namespace kiosk::drivers {

/// `folder`: where it may be mounted; made when it is not there. Whoever calls needs the right to mount, and
/// a mount namespace of their own, or all the machine sees the stick.
std::unique_ptr<hal::Stick> make_stick(std::filesystem::path device, std::filesystem::path folder);

}  // namespace kiosk::drivers
