#include "firmware/provision/settings_folder.hpp"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/toml/tables.hpp"
#include "hal/base/fd.hpp"
#include "hal/base/file.hpp"

namespace kiosk::provision {
namespace {

namespace fs = std::filesystem;

constexpr const char* marker = "provisioned";

std::unexpected<Error> failed(const fs::path& path) {
  return fail(Errc::storage, path.string() + ": " + std::strerror(errno));
}

Result<void> make_folder(const fs::path& folder, unsigned mode) {
  if (::mkdir(folder.c_str(), mode) == 0 || errno == EEXIST) return {};
  return failed(folder);
}

/// The key with which the updater shows who it is, by its path in the settings; empty when it names none.
Result<std::string> updaters_key(const Settings& settings) {
  const auto updater = settings.files.find("updater.toml");
  if (updater == settings.files.end()) return std::string();
  const auto file =
      TRY(toml_tables::text_at(updater->second.content, "updater.toml", "release_mirror", "key_file"));
  return fs::path(file).lexically_normal().lexically_relative("/etc/kiosk").string();
}

/// A key is its owner's alone; the updater's may be read by the owner's group, which is the updater's as
/// well.
unsigned mode_of(const std::string& path, const SettingsFile& file, const std::string& updaters_key) {
  if (path.starts_with("usb.d/")) return 0600;
  if (!file.secret) return 0644;
  return path == updaters_key ? 0640 : 0600;
}

/// The names in it are on the disk.
Result<void> sync_folder(const fs::path& folder) {
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || ::fsync(fd.get()) != 0) return failed(folder);
  return {};
}

}  // namespace

Result<std::int64_t> SettingsFolder::sequence() const {
  constexpr std::string_view begins = "sequence=";
  const auto text = read_file(folder_ / marker, 64);
  if (!text && text.error().code == Errc::not_present) return 0;
  if (!text) return std::unexpected(text.error());
  std::int64_t number = 0;
  if (text->starts_with(begins)) {
    const auto* end = text->data() + text->size();
    const auto read = std::from_chars(text->data() + begins.size(), end, number);
    if (read.ec == std::errc() && read.ptr + 1 == end && *read.ptr == '\n' && number > 0) return number;
  }
  return fail(Errc::malformed, (folder_ / marker).string() + ": no sequence number");
}

fs::path SettingsFolder::beside() const {
  return folder_.string() + ".new";
}

void SettingsFolder::forget() const {
  std::error_code ignored;
  fs::remove_all(beside(), ignored);
}

Result<void> SettingsFolder::lay(const Settings& settings) const {
  forget();
  const auto folder = beside();
  const auto key = TRY(updaters_key(settings));
  TRY(make_folder(folder, 0711));
  TRY(make_folder(folder / "usb.d", 0700));  // USBGuard wants its rules to be root's alone
  TRY(make_folder(folder / "time.d", 0755));
  for (const auto& [path, file] : settings.files) {
    const auto at = folder / path;
    TRY(replace_file(at, file.content, mode_of(path, file, key)));
    if (file.secret && ::chown(at.c_str(), kiosk_, kiosk_) != 0) return failed(at);
  }
  TRY(replace_file(folder / marker, fmt::format("sequence={}\n", settings.sequence)));
  TRY(sync_folder(folder));
  return sync_folder(folder.parent_path());
}

Result<void> SettingsFolder::take_over() const {
  TRY(make_folder(folder_, 0711));
  if (::renameat2(AT_FDCWD, beside().c_str(), AT_FDCWD, folder_.c_str(), RENAME_EXCHANGE) != 0)
    return failed(folder_);
  TRY(sync_folder(folder_.parent_path()));
  forget();
  return {};
}

}  // namespace kiosk::provision
