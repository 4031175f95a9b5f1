// lib/kiosk/mirror_http.so
#include "drivers/mirror_http/mirror_http.hpp"

#include "drivers/link/module.hpp"

using namespace kiosk;

extern "C" drivers::ModuleMake<hal::ReleaseMirror, drivers::MirrorHttpConfig> kiosk_make;

void kiosk_make(const drivers::MirrorHttpConfig& config, Result<std::unique_ptr<hal::ReleaseMirror>>& made) {
  made = drivers::make_mirror_http(config);
}
