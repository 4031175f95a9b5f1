#pragma once
// Cameras of the Linux kernel (Video4Linux2): nearly every USB camera, by the uvcvideo driver.

#include <memory>
#include <string>

#include "hal/camera.hpp"

namespace kiosk::drivers {

/// `path`: "/dev/video0", better a name that stays, as /dev/v4l/by-path/... Opens it in start() and not
/// before; a worker looks every 5 s, without opening it, whether the node is there.
std::unique_ptr<hal::Camera> make_v4l2(std::string path);

}  // namespace kiosk::drivers
