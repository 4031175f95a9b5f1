#include "drivers/link/module.hpp"

#include <dlfcn.h>

#include "drivers/link/installed.hpp"

namespace kiosk::drivers {

Result<void*> in_module(const std::string& name, const char* symbol) {
  const auto path = TRY(installed(name + ".so"));
  void* const module = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) return fail(Errc::internal, std::string("module: ") + ::dlerror());
  void* const found = ::dlsym(module, symbol);
  if (found == nullptr) return fail(Errc::internal, "module: " + name + ".so is of another version");
  return found;
}

}  // namespace kiosk::drivers
