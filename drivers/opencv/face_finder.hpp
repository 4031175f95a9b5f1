#pragma once
// Finds faces with OpenCV's Haar cascade.

#include <memory>
#include <string>

#include "hal/face_finder.hpp"

namespace kiosk::drivers {

/// `cascade_path`: haarcascade_frontalface_alt2.xml (Debian's opencv-data keeps it in
/// /usr/share/opencv4/haarcascades/). Frames are looked at in a confined program (drivers/confined), which
/// starts with the first examine() and ends 10 s after the last; a first one takes 35 ms longer for that. One
/// thread at a time.
std::unique_ptr<hal::FaceFinder> make_opencv_face_finder(std::string cascade_path);

}  // namespace kiosk::drivers
