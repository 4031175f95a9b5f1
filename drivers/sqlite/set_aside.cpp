#include "drivers/sqlite/set_aside.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <system_error>

#include <fmt/chrono.h>

namespace kiosk::drivers {

namespace fs = std::filesystem;

namespace {

constexpr auto mark = ".damaged-";

fs::path free_name(const fs::path& path) {
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  const auto stem = fmt::format("{}{}{:%Y%m%dT%H%M%SZ}", path.string(), mark, fmt::gmtime(now));
  std::error_code ignored;
  fs::path name = stem;
  for (int i = 2; fs::exists(name, ignored); ++i) name = fmt::format("{}-{}", stem, i);
  return name;
}

}  // namespace

Result<fs::path> set_aside(const fs::path& path) {
  auto name = free_name(path);
  std::error_code error;
  // The log first: left beside a fresh database it would be played into it.
  for (const auto* part : {"-wal", "-shm", ""}) {
    const auto from = fs::path(path).concat(part);
    if (!fs::exists(from, error)) continue;
    fs::rename(from, fs::path(name).concat(part), error);
    if (error)
      return fail(Errc::storage, "sqlite: cannot set aside " + from.string() + ": " + error.message());
  }
  return name;
}

std::vector<std::string> all_set_aside(const fs::path& path) {
  std::vector<std::string> found;
  const auto prefix = path.filename().string() + mark;
  const auto folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const auto name = entry.path().filename().string();
    if (name.starts_with(prefix) && !name.ends_with("-wal") && !name.ends_with("-shm"))
      found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace kiosk::drivers
