#include "drivers/link/installed.hpp"

#include <system_error>

namespace kiosk::drivers {

Result<std::filesystem::path> installed(const std::string& file) {
  std::error_code error;
  auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  for (; !error && folder.has_relative_path(); folder = folder.parent_path()) {
    auto path = folder / "lib/kiosk" / file;
    if (std::filesystem::exists(path, error)) return path;
    error.clear();
  }
  return fail(Errc::internal, "lib/kiosk/" + file + " is not installed");
}

}  // namespace kiosk::drivers
