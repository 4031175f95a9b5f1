// What stands in a signed file: whatever is taken is written and read back as the same, and none of its names
// leads out of the settings.

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "firmware/provision/content.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kiosk::provision;
  const auto content = read_content({reinterpret_cast<const char*>(data), size});
  if (!content) return 0;
  if (read_content(write_content(*content)) != *content) std::abort();
  const auto* settings = std::get_if<Settings>(&*content);
  if (settings == nullptr) return 0;
  for (const auto& [path, file] : settings->files) {
    const auto normal = (std::filesystem::path("/etc/kiosk") / path).lexically_normal().string();
    if (normal != "/etc/kiosk/" + path) std::abort();
  }
  return 0;
}
