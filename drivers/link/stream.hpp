#pragma once
// What serial lines and TCP connections share: a link over one non-blocking descriptor.

#include <memory>
#include <string>
#include <string_view>

#include "drivers/link/link.hpp"
#include "hal/base/fd.hpp"

namespace kiosk::drivers {

/// A link over `fd`, which must be non-blocking. A socket never raises SIGPIPE.
std::unique_ptr<Link> stream_link(Fd fd);

/// What a failed system call means to the kiosk: the device is gone, not allowed, taken, or this program is
/// at fault.
Error system_error(std::string_view what, int number);

}  // namespace kiosk::drivers
