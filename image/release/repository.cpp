#include "image/release/repository.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "firmware/update/download.hpp"
#include "hal/base/file.hpp"

namespace kiosk::release {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_document = 8 << 20;

std::string file_name(Role role, std::int64_t version) {
  if (role == Role::timestamp) return "timestamp.json";
  return fmt::format("{}.{}.json", version, name_of(role));
}

Json listing_of(std::int64_t version, std::string_view text) {
  return {{"version", version},
          {"length", static_cast<std::int64_t>(text.size())},
          {"hashes", {{"sha256", update::sha256_hex(text)}}}};
}

Result<void> write(const fs::path& file, std::string_view text) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error) return fail(Errc::storage, fmt::format("{}: {}", file.parent_path().string(), error.message()));
  return replace_file(file, text);
}

/// The version in a published file's name: "12.root.json".
std::int64_t version_in(const std::string& name, Role role) {
  std::int64_t version = 0;
  const auto end = std::from_chars(name.data(), name.data() + name.size(), version).ptr;
  return std::string_view(end, name.data() + name.size()) == fmt::format(".{}.json", name_of(role)) ? version
                                                                                                    : 0;
}

Result<update::Target> target_of(const fs::path& file) {
  const Wait for_ever;
  std::error_code error;
  const auto size = fs::file_size(file, error);
  if (error) return fail(Errc::not_present, fmt::format("{}: {}", file.string(), error.message()));
  const auto hash = TRY(update::sha256_of_file(file, for_ever));
  return update::Target{.length = static_cast<std::int64_t>(size), .hashes = {{"sha256", hash}}};
}

/// No two releases for the same machines say that they are the same age.
Result<void> check_secver(const update::Targets& targets, const update::Release& release) {
  for (const auto& [path, target] : targets.files) {
    const auto other = update::read_release(path, target);
    if (!other || path == release.path || other->compatible != release.compatible) continue;
    if (other->secver >= release.secver) {
      return fail(Errc::refused, fmt::format("secver {} is not above {}, which {} has", release.secver,
                                             other->secver, path));
    }
  }
  return {};
}

}  // namespace

fs::path Repository::draft(Role role) const {
  return folder_ / "drafts" / fmt::format("{}.json", name_of(role));
}

Result<std::string> Repository::text(const std::string& name) const {
  return read_file(metadata(name), largest_document);
}

std::int64_t Repository::newest(Role role) const {
  std::int64_t version = 0;
  std::error_code error;
  for (fs::directory_iterator entry(folder_ / "metadata", error), end; !error && entry != end;
       entry.increment(error)) {
    version = std::max(version, version_in(entry->path().filename().string(), role));
  }
  return version;
}

Result<std::string> Repository::newest_text(Role role) const {
  return text(file_name(role, newest(role)));
}

Result<update::Root> Repository::root() const {
  const auto newest_root = TRY(newest_text(Role::root));
  return update::first_root(newest_root);
}

// --- drafts

Result<void> Repository::draft_root(const std::vector<Appointment>& appointments,
                                    const std::string& expires) const {
  const auto version = newest(Role::root);
  auto document = new_document(Role::root, version + 1, expires);
  document["consistent_snapshot"] = true;
  document["keys"] = Json::object();
  document["roles"] = Json::object();
  Json known = Json::object();
  if (version > 0) {
    const auto before = TRY(newest_text(Role::root));
    TRY(update::first_root(before));
    const auto json = TRY(update::read_json(before));
    document["roles"] = json["signed"]["roles"];
    known = json["signed"]["keys"];
  }
  for (const auto& [role, threshold, keys] : appointments) {
    Json ids = Json::array();
    for (const auto& key : keys) {
      const auto id = update::key_id(key);
      if (std::find(ids.begin(), ids.end(), id) != ids.end())
        return fail(Errc::refused, "the same key twice for one role");
      known[id] = update::key_object(key);
      ids.push_back(id);
    }
    if (threshold < 1 || std::cmp_greater(threshold, ids.size())) {
      return fail(Errc::refused,
                  fmt::format("{}: {} of {} keys can never sign", name_of(role), threshold, ids.size()));
    }
    document["roles"][std::string(name_of(role))] = {{"keyids", ids}, {"threshold", threshold}};
  }
  for (const auto& role : document["roles"]) {
    for (const auto& id : role["keyids"]) {
      const auto name = id.get<std::string>();
      document["keys"][name] = known[name];
    }
  }
  const auto made = draft_of(document);
  TRY(update::read_root(made));
  return write(draft(Role::root), made);
}

Result<Json> Repository::targets_to_change(const std::string& expires) const {
  const auto version = newest(Role::targets);
  auto document = new_document(Role::targets, version + 1, expires);
  document["targets"] = Json::object();
  std::error_code error;
  const auto earlier = fs::exists(draft(Role::targets), error)
                           ? read_file(draft(Role::targets), largest_document)
                       : version > 0 ? newest_text(Role::targets)
                                     : Result<std::string>();
  if (!earlier) return std::unexpected(earlier.error());
  if (earlier->empty()) return document;
  const auto json = TRY(update::read_json(*earlier));
  TRY(update::read_targets(*earlier));
  document["targets"] = json["signed"]["targets"];
  return document;
}

Result<void> Repository::draft_release(const fs::path& file, update::Release release,
                                       const std::string& expires) const {
  release.target = TRY(target_of(file));
  const auto custom = update::custom_of(release);
  release.target.custom = custom;
  TRY(update::read_release(release.path, release.target));
  auto document = TRY(targets_to_change(expires));
  const auto others = TRY(update::read_targets(draft_of(document)));
  TRY(check_secver(others.document, release));
  const auto there =
      folder_ / update::mirror_path({.consistent_snapshot = true}, release.path, release.target);
  std::error_code error;
  fs::create_directories(there.parent_path(), error);
  if (!error) fs::copy_file(file, there, fs::copy_options::overwrite_existing, error);
  if (error) return fail(Errc::storage, fmt::format("{}: {}", there.string(), error.message()));
  document["targets"][release.path] = {
      {"length", release.target.length}, {"hashes", release.target.hashes}, {"custom", custom}};
  return write(draft(Role::targets), draft_of(document));
}

Result<void> Repository::draft_withdrawal(const std::string& path, const std::string& expires) const {
  auto document = TRY(targets_to_change(expires));
  if (document["targets"].erase(path) == 0) return fail(Errc::not_present, "no release " + path);
  return write(draft(Role::targets), draft_of(document));
}

Result<void> Repository::draft_renewal(const std::string& expires) const {
  const auto document = TRY(targets_to_change(expires));
  return write(draft(Role::targets), draft_of(document));
}

Result<void> Repository::draft_snapshot(const std::string& expires) const {
  const auto targets = TRY(newest_text(Role::targets));
  auto document = new_document(Role::snapshot, newest(Role::snapshot) + 1, expires);
  document["meta"]["targets.json"] = listing_of(newest(Role::targets), targets);
  return write(draft(Role::snapshot), draft_of(document));
}

Result<void> Repository::draft_timestamp(const std::string& expires) const {
  const auto snapshot = TRY(newest_text(Role::snapshot));
  std::int64_t version = 1;
  if (const auto earlier = text("timestamp.json")) {
    const auto timestamp = TRY(update::read_timestamp(*earlier));
    version = timestamp.document.version + 1;
  }
  auto document = new_document(Role::timestamp, version, expires);
  document["meta"]["snapshot.json"] = listing_of(newest(Role::snapshot), snapshot);
  return write(draft(Role::timestamp), draft_of(document));
}

// --- what a kiosk would say

Result<void> Repository::check_root(std::string_view draft_text) const {
  if (newest(Role::root) == 0) {
    TRY(update::first_root(draft_text));
    return {};
  }
  const auto trusted = TRY(root());
  const auto next = TRY(update::next_root(trusted, draft_text));
  if (!next) return fail(Errc::refused, "root: that version is published already");
  return {};
}

Result<void> Repository::check_files(const update::Root& trusted, const update::Targets& targets) const {
  for (const auto& [path, target] : targets.files) {
    const auto there = TRY(target_of(folder_ / update::mirror_path(trusted, path, target)));
    if (there.length != target.length || there.hashes.at("sha256") != target.hashes.at("sha256")) {
      return fail(Errc::refused, fmt::format("{}: the file in targets/ is another one", path));
    }
  }
  return {};
}

Result<update::Targets> Repository::check_targets(const update::Root& trusted, std::string_view draft_text,
                                                  WallTime now) const {
  const auto version = newest(Role::targets) + 1;
  auto targets =
      TRY(update::next_targets(trusted, {.documents = {{"targets.json", {.version = version}}}}, draft_text));
  TRY(update::check_fresh(Role::targets, targets, now));
  TRY(check_files(trusted, targets));
  return targets;
}

Result<update::Targets> Repository::check_from(const update::Root& trusted, std::string_view timestamp_text,
                                               WallTime now) const {
  const auto timestamp = TRY(update::next_timestamp(trusted, std::nullopt, timestamp_text));
  TRY(update::check_fresh(Role::root, trusted, now));
  TRY(update::check_fresh(Role::timestamp, *timestamp, now));
  const auto snapshot_text = TRY(text(file_name(Role::snapshot, timestamp->snapshot.version)));
  const auto snapshot = TRY(update::next_snapshot(trusted, *timestamp, std::nullopt, snapshot_text));
  TRY(update::check_fresh(Role::snapshot, snapshot, now));
  const auto named = snapshot.documents.at("targets.json").version;
  const auto targets_text = TRY(text(file_name(Role::targets, named)));
  auto targets = TRY(update::next_targets(trusted, snapshot, targets_text));
  TRY(update::check_fresh(Role::targets, targets, now));
  TRY(check_files(trusted, targets));
  return targets;
}

Result<update::Targets> Repository::check(std::string_view root_text, WallTime now) const {
  auto trusted = TRY(update::first_root(root_text));
  while (const auto next = text(file_name(Role::root, trusted.version + 1))) {
    auto root = TRY(update::next_root(trusted, *next));
    if (!root) break;
    trusted = *std::move(root);
  }
  const auto timestamp = TRY(text("timestamp.json"));
  return check_from(trusted, timestamp, now);
}

// --- publishing

Result<void> Repository::check_draft(Role role, std::string_view draft_text, WallTime now) const {
  if (draft_text.size() > update::largest(role)) return fail(Errc::refused, "larger than a kiosk reads");
  if (role == Role::root) return check_root(draft_text);
  const auto trusted = TRY(root());
  switch (role) {
    case Role::root:
    case Role::targets:
      TRY(check_targets(trusted, draft_text, now));
      return {};
    case Role::snapshot: {
      const auto version = newest(Role::snapshot) + 1;
      std::optional<update::Snapshot> earlier;
      if (const auto before = newest_text(Role::snapshot))
        earlier = update::earlier_snapshot(trusted, *before);
      const auto snapshot =
          TRY(update::next_snapshot(trusted, {.snapshot = {.version = version}}, earlier, draft_text));
      return update::check_fresh(Role::snapshot, snapshot, now);
    }
    case Role::timestamp: {
      std::optional<update::Timestamp> earlier;
      if (const auto before = text("timestamp.json")) earlier = update::earlier_timestamp(trusted, *before);
      const auto next = TRY(update::next_timestamp(trusted, earlier, draft_text));
      if (!next) return fail(Errc::refused, "timestamp: that version is published already");
      TRY(check_from(trusted, draft_text, now));
      return {};
    }
  }
  std::unreachable();
}

Result<std::int64_t> Repository::publish(Role role, WallTime now) const {
  const auto draft_text = TRY(read_file(draft(role), largest_document));
  TRY(check_draft(role, draft_text, now));
  const auto json = TRY(update::read_json(draft_text));
  const auto version = json["signed"]["version"].get<std::int64_t>();
  TRY(write(metadata(file_name(role, version)), draft_text));
  std::error_code ignored;
  fs::remove(draft(role), ignored);
  return version;
}

}  // namespace kiosk::release
