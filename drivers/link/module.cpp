#include "drivers/link/module.hpp"

#include <filesystem>
#include <system_error>

#include <dlfcn.h>

namespace kiosk::drivers {

namespace {

Result<std::filesystem::path> path_of(const std::string& name) {
  std::error_code error;
  auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  for (; !error && folder.has_relative_path(); folder = folder.parent_path()) {
    auto path = folder / "lib/kiosk" / (name + ".so");
    if (std::filesystem::exists(path, error)) return path;
    error.clear();
  }
  return fail(Errc::internal, "module: lib/kiosk/" + name + ".so is not installed");
}

}  // namespace

Result<void*> in_module(const std::string& name, const char* symbol) {
  const auto path = TRY(path_of(name));
  void* const module = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) return fail(Errc::internal, std::string("module: ") + ::dlerror());
  void* const found = ::dlsym(module, symbol);
  if (found == nullptr) return fail(Errc::internal, "module: " + name + ".so is of another version");
  return found;
}

}  // namespace kiosk::drivers
