// lib/kiosk/registry_http.so
#include "drivers/registry_http/registry_http.hpp"

#include "drivers/link/module.hpp"

using namespace kiosk;

extern "C" drivers::ModuleMake<hal::Registry, drivers::RegistryHttpConfig> kiosk_make;

void kiosk_make(const drivers::RegistryHttpConfig& config, Result<std::unique_ptr<hal::Registry>>& made) {
  made = drivers::make_registry_http(config);
}
