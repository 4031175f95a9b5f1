#include "image/release/folder.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "firmware/update/download.hpp"
#include "firmware/update/workflow.hpp"

namespace kiosk::release {
namespace {

namespace fs = std::filesystem;

/// The version in a published file's name, "12.root.json"; 0 in any other.
std::int64_t version_in(const std::string& name, Role role) {
  std::int64_t version = 0;
  const auto* end = std::from_chars(name.data(), name.data() + name.size(), version).ptr;
  const auto behind = std::string_view(name).substr(static_cast<std::size_t>(end - name.data()));
  return behind == fmt::format(".{}.json", name_of(role)) ? version : 0;
}

/// There is always a next version. Nobody gets this far but by a slip, or by a thief's file.
Result<std::int64_t> sane(std::int64_t version) {
  if (version < 1'000'000'000) return version;
  return fail(Errc::malformed, fmt::format("version {}: not one of ours", version));
}

Result<void> write(const fs::path& file, std::string_view text) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error) return fail(Errc::storage, fmt::format("{}: {}", file.parent_path().string(), error.message()));
  return replace_file(file, text);
}

}  // namespace

fs::path Folder::draft(Role role) const {
  return folder_ / "drafts" / fmt::format("{}.json", name_of(role));
}

fs::path Folder::metadata(Role role, std::int64_t version) const {
  const auto number = role == Role::timestamp ? std::string() : fmt::format("{}.", version);
  return folder_ / "metadata" / fmt::format("{}{}.json", number, name_of(role));
}

fs::path Folder::file(const std::string& path, const update::Target& target) const {
  return folder_ / update::mirror_path({.consistent_snapshot = true}, path, target);
}

Result<std::string> Folder::read_draft(Role role) const {
  return read_file(draft(role), largest_document);
}

Result<void> Folder::write_draft(Role role, std::string_view text) const {
  return write(draft(role), text);
}

Result<std::string> Folder::published(Role role, std::int64_t version) const {
  return read_file(metadata(role, version), largest_document);
}

Result<void> Folder::publish(Role role, std::int64_t version, std::string_view text) const {
  TRY(write(metadata(role, version), text));
  std::error_code ignored;
  fs::remove(draft(role), ignored);
  return {};
}

Result<std::int64_t> Folder::newest(Role role) const {
  if (role == Role::timestamp) {
    const auto text = published(role, 0);
    if (!text && text.error().code == Errc::not_present) return 0;
    if (!text) return std::unexpected(text.error());
    const auto timestamp = TRY(update::read_timestamp(*text));
    return sane(timestamp.document.version);
  }
  std::int64_t version = 0;
  std::error_code error;
  for (fs::directory_iterator entry(folder_ / "metadata", error), end; !error && entry != end;
       entry.increment(error)) {
    version = std::max(version, version_in(entry->path().filename().string(), role));
  }
  return sane(version);
}

Result<update::Root> Folder::root() const {
  const auto version = TRY(newest(Role::root));
  const auto text = TRY(published(Role::root, version));
  return update::first_root(text);
}

Result<std::vector<update::Targets>> Folder::all_targets() const {
  std::vector<update::Targets> all;
  const auto newest_version = TRY(newest(Role::targets));
  for (std::int64_t version = 1; version <= newest_version; ++version) {
    const auto text = published(Role::targets, version);
    if (!text && text.error().code == Errc::not_present) continue;  // tidied away
    if (!text) return std::unexpected(text.error());
    auto targets = TRY(update::read_targets(*text));
    all.push_back(std::move(targets.document));
  }
  return all;
}

Result<update::Target> target_of(const fs::path& file) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  if (error) return fail(Errc::not_present, fmt::format("{}: {}", file.string(), error.message()));
  const auto hash = TRY(update::sha256_of_file(file, {}));
  return update::Target{.length = static_cast<std::int64_t>(size), .hashes = {{"sha256", hash}}};
}

}  // namespace kiosk::release
