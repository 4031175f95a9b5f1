#include "firmware/records/audit_files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hal/base/fd.hpp"

namespace kiosk::records {

namespace fs = std::filesystem;

namespace {

std::unexpected<Error> failed(const fs::path& path, int error = errno) {
  return fail(Errc::storage, "audit: " + path.string() + ": " + std::strerror(error));
}

Result<void> write_all(int fd, std::string_view text, const fs::path& path) {
  while (!text.empty()) {
    const auto written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return failed(path);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fdatasync(fd) != 0) return failed(path);
  return {};
}

Result<void> sync_folder(const fs::path& folder) {
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || ::fsync(fd.get()) != 0) return failed(folder);
  return {};
}

}  // namespace

std::string AuditFiles::name_for(domain::Date day) {
  return "audit-" + domain::to_text(day) + ".jsonl";
}

Result<std::vector<std::string>> AuditFiles::all() const {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error)) {
    auto name = entry->path().filename().string();
    if (name.size() == 22 && name.starts_with("audit-") && name.ends_with(".jsonl"))
      names.push_back(std::move(name));
  }
  if (error) return failed(folder_, error.value());
  std::ranges::sort(names);
  return names;
}

Result<std::string> AuditFiles::content(std::string_view name) const {
  const auto path = folder_ / name;
  std::error_code error;
  if (!fs::exists(path, error)) return std::string();
  std::ifstream stream(path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(stream), {}};
  if (!stream.is_open() || stream.bad()) return failed(path, EIO);
  return content;
}

Result<std::int64_t> AuditFiles::size(std::string_view name) const {
  struct stat about{};
  const auto path = folder_ / name;
  if (::stat(path.c_str(), &about) == 0) return about.st_size;
  if (errno == ENOENT) return 0;
  return failed(path);
}

Result<void> AuditFiles::append(std::string_view name, std::string_view text) const {
  const auto path = folder_ / name;
  const Fd fd(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  struct stat before{};
  if (!fd || ::fstat(fd.get(), &before) != 0) return failed(path);
  auto written = write_all(fd.get(), text, path);
  if (written && before.st_size == 0) written = sync_folder(folder_);
  if (!written) (void)!::ftruncate(fd.get(), before.st_size);
  return written;
}

Result<void> AuditFiles::move_tail_aside(std::string_view name, std::int64_t size) const {
  const auto whole = TRY(content(name));
  const auto path = folder_ / name;
  std::error_code ignored;
  fs::path aside;
  for (int i = 1; aside.empty() || fs::exists(aside, ignored); ++i)
    aside = fmt::format("{}.torn-{}", path.string(), i);
  TRY(append(aside.filename().string(), std::string_view(whole).substr(static_cast<std::size_t>(size))));
  if (::truncate(path.c_str(), size) != 0) return failed(path);
  return {};
}

Result<void> AuditFiles::remove(std::string_view name) const {
  const auto path = folder_ / name;
  if (::unlink(path.c_str()) != 0) return failed(path);
  return sync_folder(folder_);
}

}  // namespace kiosk::records
