#include "image/release/drafting.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "firmware/update/workflow.hpp"
#include "image/release/draft.hpp"
#include "image/release/secver.hpp"

namespace kiosk::release {
namespace {

Json listing_of(std::int64_t version, std::string_view text) {
  return {{"version", version},
          {"length", static_cast<std::int64_t>(text.size())},
          {"hashes", {{"sha256", update::sha256_hex(text)}}}};
}

/// Writes the holders into the role, and their keys beside all that are known.
Result<void> appoint(const Appointment& appointment, Json& role, Json& known) {
  Json ids = Json::array();
  for (const auto& key : appointment.keys) {
    const auto id = update::key_id(key);
    if (std::find(ids.begin(), ids.end(), id) != ids.end()) {
      return fail(Errc::refused, "the same key twice for one role");
    }
    known[id] = update::key_object(key);
    ids.push_back(id);
  }
  if (appointment.threshold < 1 || std::cmp_greater(appointment.threshold, ids.size())) {
    return fail(Errc::refused, fmt::format("{}: {} of {} keys can never sign", name_of(appointment.role),
                                           appointment.threshold, ids.size()));
  }
  role = {{"keyids", ids}, {"threshold", appointment.threshold}};
  return {};
}

/// What stands in the draft of targets, else in the published ones, else nothing; as the next version.
Result<Json> targets_to_change(const Folder& folder, const std::string& expires) {
  const auto version = TRY(folder.newest(Role::targets));
  auto document = new_document(Role::targets, version + 1, expires);
  document["targets"] = Json::object();
  auto earlier = folder.read_draft(Role::targets);
  if (!earlier && version > 0) earlier = folder.published(Role::targets, version);
  if (!earlier) return document;
  TRY(update::read_targets(*earlier));
  const auto json = TRY(update::read_json(*earlier));
  document["targets"] = json["signed"]["targets"];
  return document;
}

/// Only what can be read again is written.
Result<void> write_targets(const Folder& folder, const Json& document) {
  const auto text = draft_of(document);
  TRY(update::read_targets(text));
  return folder.write_draft(Role::targets, text);
}

Result<void> copy_to_targets(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code error;
  std::filesystem::create_directories(to.parent_path(), error);
  if (!error) {
    std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing, error);
  }
  if (error) return fail(Errc::storage, fmt::format("{}: {}", to.string(), error.message()));
  return {};
}

/// A document of `role` that lists the newest of `listed`. `read` judges it as a kiosk would.
template <class Read>
Result<void> draft_listing(const Folder& folder, Role role, Role listed, const char* name,
                           const std::string& expires, Read read) {
  const auto named = TRY(folder.newest(listed));
  const auto text_of_listed = TRY(folder.published(listed, named));
  const auto version = TRY(folder.newest(role));
  auto document = new_document(role, version + 1, expires);
  document["meta"][name] = listing_of(named, text_of_listed);
  const auto text = draft_of(document);
  TRY(read(text));
  return folder.write_draft(role, text);
}

}  // namespace

Result<void> draft_root(const Folder& folder, const std::vector<Appointment>& appointments,
                        const std::string& expires) {
  const auto version = TRY(folder.newest(Role::root));
  auto document = new_document(Role::root, version + 1, expires);
  document["consistent_snapshot"] = true;
  document["keys"] = Json::object();
  document["roles"] = Json::object();
  Json known = Json::object();
  if (version > 0) {
    const auto before = TRY(folder.published(Role::root, version));
    TRY(update::first_root(before));
    const auto json = TRY(update::read_json(before));
    document["roles"] = json["signed"]["roles"];
    known = json["signed"]["keys"];
  }
  for (const auto& appointment : appointments) {
    TRY(appoint(appointment, document["roles"][std::string(name_of(appointment.role))], known));
  }
  for (const auto& role : document["roles"]) {
    for (const auto& id : role["keyids"]) {
      const auto name = id.get<std::string>();
      document["keys"][name] = known[name];
    }
  }
  const auto text = draft_of(document);
  TRY(update::read_root(text));
  return folder.write_draft(Role::root, text);
}

Result<void> draft_release(const Folder& folder, const std::filesystem::path& file, update::Release release,
                           const std::string& expires) {
  release.target = TRY(target_of(file));
  release.target.custom = update::custom_of(release);
  TRY(update::read_release(release.path, release.target));
  auto document = TRY(targets_to_change(folder, expires));
  document["targets"].erase(release.path);
  const auto others = TRY(update::read_targets(draft_of(document)));
  auto earlier = TRY(folder.all_targets());
  earlier.push_back(others.document);
  TRY(check_secver(release, earlier));
  TRY(copy_to_targets(file, folder.file(release.path, release.target)));
  document["targets"][release.path] = {{"length", release.target.length},
                                       {"hashes", release.target.hashes},
                                       {"custom", release.target.custom}};
  return write_targets(folder, document);
}

Result<void> draft_ring(const Folder& folder, const std::string& path, int ring, const std::string& expires) {
  if (ring < 0 || ring > update::last_ring) {
    return fail(Errc::refused, fmt::format("ring {}: must be from 0 to {}", ring, update::last_ring));
  }
  auto document = TRY(targets_to_change(folder, expires));
  const auto targets = TRY(update::read_targets(draft_of(document)));
  const auto target = targets.document.files.find(path);
  if (target == targets.document.files.end()) return fail(Errc::not_present, "no release " + path);
  const auto release = TRY(update::read_release(path, target->second));
  if (release.ring == ring) return fail(Errc::refused, fmt::format("{} is for ring {} already", path, ring));
  auto& custom = document["targets"][path]["custom"];
  custom.erase("ring");
  if (ring != update::last_ring) custom["ring"] = ring;
  return write_targets(folder, document);
}

Result<void> draft_withdrawal(const Folder& folder, const std::string& path, const std::string& expires) {
  auto document = TRY(targets_to_change(folder, expires));
  if (document["targets"].erase(path) == 0) return fail(Errc::not_present, "no release " + path);
  return write_targets(folder, document);
}

Result<void> draft_renewal(const Folder& folder, const std::string& expires) {
  const auto document = TRY(targets_to_change(folder, expires));
  return write_targets(folder, document);
}

Result<void> draft_snapshot(const Folder& folder, const std::string& expires) {
  return draft_listing(folder, Role::snapshot, Role::targets, "targets.json", expires, update::read_snapshot);
}

Result<void> draft_timestamp(const Folder& folder, const std::string& expires) {
  return draft_listing(folder, Role::timestamp, Role::snapshot, "snapshot.json", expires,
                       update::read_timestamp);
}

}  // namespace kiosk::release
