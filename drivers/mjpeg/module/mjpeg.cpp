// lib/kiosk/mjpeg.so
#include "drivers/mjpeg/mjpeg.hpp"

#include "drivers/link/module.hpp"

using namespace kiosk;

extern "C" drivers::ModuleMake<hal::Camera, std::string> kiosk_make;

void kiosk_make(const std::string& url, Result<std::unique_ptr<hal::Camera>>& made) {
  made = drivers::make_mjpeg(url);
}
