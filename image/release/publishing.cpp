#include "image/release/publishing.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "firmware/update/workflow.hpp"
#include "image/release/secver.hpp"

namespace kiosk::release {
namespace {

Result<void> check_files(const Folder& folder, const update::Targets& targets) {
  for (const auto& [path, target] : targets.files) {
    const auto there = TRY(target_of(folder.file(path, target)));
    const auto hash = target.hashes.find("sha256");
    if (there.length == target.length && hash != target.hashes.end() &&
        hash->second == there.hashes.at("sha256")) {
      continue;
    }
    return fail(Errc::refused, fmt::format("{}: the file in targets/ is another one", path));
  }
  return {};
}

Result<void> check_root(const Folder& folder, std::string_view text) {
  const auto version = TRY(folder.newest(Role::root));
  if (version == 0) {
    TRY(update::first_root(text));
    return {};
  }
  const auto trusted = TRY(folder.root());
  TRY(update::next_root(trusted, text));
  return {};
}

Result<void> check_targets(const Folder& folder, std::string_view text, WallTime now) {
  const auto trusted = TRY(folder.root());
  const auto version = TRY(folder.newest(Role::targets));
  const update::Snapshot named{.documents = {{"targets.json", {.version = version + 1}}}};
  const auto targets = TRY(update::next_targets(trusted, named, text));
  TRY(update::check_fresh(Role::targets, targets, now));
  const auto earlier = TRY(folder.all_targets());
  TRY(check_secvers(targets, earlier));
  return check_files(folder, targets);
}

Result<void> check_snapshot(const Folder& folder, std::string_view text, WallTime now) {
  const auto trusted = TRY(folder.root());
  const auto version = TRY(folder.newest(Role::snapshot));
  std::optional<update::Snapshot> earlier;
  if (const auto before = folder.published(Role::snapshot, version)) {
    earlier = update::earlier_snapshot(trusted, *before);
  }
  const update::Timestamp named{.snapshot = {.version = version + 1}};
  const auto snapshot = TRY(update::next_snapshot(trusted, named, earlier, text));
  return update::check_fresh(Role::snapshot, snapshot, now);
}

/// The way from a timestamp to the files.
Result<update::Targets> check_from(const Folder& folder, const update::Root& trusted, std::string_view text,
                                   WallTime now) {
  TRY(update::check_fresh(Role::root, trusted, now));
  const auto timestamp = TRY(update::next_timestamp(trusted, std::nullopt, text));
  TRY(update::check_fresh(Role::timestamp, *timestamp, now));
  const auto snapshot_text = TRY(folder.published(Role::snapshot, timestamp->snapshot.version));
  const auto snapshot = TRY(update::next_snapshot(trusted, *timestamp, std::nullopt, snapshot_text));
  TRY(update::check_fresh(Role::snapshot, snapshot, now));
  const auto named = snapshot.documents.find("targets.json")->second.version;
  const auto targets_text = TRY(folder.published(Role::targets, named));
  auto targets = TRY(update::next_targets(trusted, snapshot, targets_text));
  TRY(update::check_fresh(Role::targets, targets, now));
  TRY(check_files(folder, targets));
  return targets;
}

Result<void> check_timestamp(const Folder& folder, std::string_view text, WallTime now) {
  const auto trusted = TRY(folder.root());
  std::optional<update::Timestamp> earlier;
  if (const auto before = folder.published(Role::timestamp, 0)) {
    earlier = update::earlier_timestamp(trusted, *before);
  }
  const auto next = TRY(update::next_timestamp(trusted, earlier, text));
  if (!next) return fail(Errc::refused, "timestamp: that version is published already");
  TRY(check_from(folder, trusted, text, now));
  return {};
}

Result<void> check_draft(const Folder& folder, Role role, std::string_view text, WallTime now) {
  if (text.size() > update::largest(role)) return fail(Errc::refused, "larger than a kiosk reads");
  switch (role) {
    case Role::root:
      return check_root(folder, text);
    case Role::targets:
      return check_targets(folder, text, now);
    case Role::snapshot:
      return check_snapshot(folder, text, now);
    case Role::timestamp:
      return check_timestamp(folder, text, now);
  }
  std::unreachable();
}

}  // namespace

Result<std::int64_t> publish(const Folder& folder, Role role, WallTime now) {
  const auto text = TRY(folder.read_draft(role));
  TRY(check_draft(folder, role, text, now));
  const auto json = TRY(update::read_json(text));
  const auto version = json["signed"]["version"].get<std::int64_t>();
  TRY(folder.publish(role, version, text));
  return version;
}

Result<update::Targets> check(const Folder& folder, std::string_view root, WallTime now) {
  auto trusted = TRY(update::first_root(root));
  while (const auto text = folder.published(Role::root, trusted.version + 1)) {
    trusted = TRY(update::next_root(trusted, *text));
  }
  const auto timestamp = TRY(folder.published(Role::timestamp, 0));
  return check_from(folder, trusted, timestamp, now);
}

}  // namespace kiosk::release
