#pragma once
// A network camera, or anything else that serves JPEG pictures as multipart/x-mixed-replace over HTTP.

#include <memory>
#include <string>

#include "hal/camera.hpp"

namespace kiosk::drivers {

/// `url`: "http://127.0.0.1:8081/stream.mjpeg". Does not connect before start(), except that a worker knocks
/// at the address every 5 s while no stream runs, for status().
std::unique_ptr<hal::Camera> make_mjpeg(std::string url);

}  // namespace kiosk::drivers
