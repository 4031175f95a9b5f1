#include "image/provision/folder.hpp"

#include <system_error>

#include "hal/base/file.hpp"

namespace kiosk::pack {

namespace fs = std::filesystem;

Result<std::map<std::string, provision::SettingsFile>> read_settings(const fs::path& folder) {
  std::map<std::string, provision::SettingsFile> files;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (entry.is_directory()) continue;
    const auto path = entry.path().lexically_relative(folder).string();
    if (!provision::may_be_named(path))
      return fail(Errc::malformed, path + ": a kiosk takes no file of that name");
    auto content = TRY(read_file(entry.path(), provision::most_bytes));
    const auto others = entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all);
    files[path] = {.content = std::move(content), .secret = others == fs::perms::none};
  }
  if (error) return fail(Errc::storage, folder.string() + ": " + error.message());
  return files;
}

}  // namespace kiosk::pack
