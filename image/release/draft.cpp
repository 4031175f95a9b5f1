#include "image/release/draft.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "firmware/update/release.hpp"
#include "hal/base/file.hpp"
#include "image/release/key_files.hpp"

namespace kiosk::release {
namespace {

constexpr std::size_t largest = 8 << 20;
constexpr auto spec_version = "1.0.31";

Result<Json> read_envelope(std::string_view text) {
  auto envelope = TRY(update::read_json(text));
  const bool whole = envelope.is_object() && envelope.contains("signed") && envelope["signed"].is_object() &&
                     envelope.contains("signatures") && envelope["signatures"].is_array();
  if (!whole) return fail(Errc::malformed, "no document with its signatures");
  return envelope;
}

std::string head_of(Role role, const update::Head& head) {
  return fmt::format("{} version {}, expires {}\n", name_of(role), head.version,
                     update::write_time(head.expires));
}

/// Somebody else wrote it, and it is about to be signed: no control character may dress it up on a terminal.
std::string shown(std::string text) {
  std::ranges::replace_if(
      text, [](char letter) { return (letter >= '\0' && letter < ' ') || letter == '\x7f'; }, '?');
  return text;
}

std::string describe_root(const update::Root& root) {
  auto text = head_of(Role::root, root);
  for (const auto& [role, holders] : root.roles) {
    text += fmt::format("  {}: {} of\n", name_of(role), holders.threshold);
    for (const auto& id : holders.key_ids) {
      text += fmt::format("    {}{}\n", shown(id), root.keys.contains(id) ? "" : ", which can sign nothing");
    }
  }
  return text;
}

std::string rings_of(const update::Release& release) {
  return release.ring == update::last_ring ? "every ring" : fmt::format("rings 0 to {}", release.ring);
}

std::string describe_targets(const update::Targets& targets) {
  auto text = head_of(Role::targets, targets);
  for (const auto& [path, target] : targets.files) {
    text += fmt::format("  {}: {} bytes\n", shown(path), target.length);
    for (const auto& [name, hash] : target.hashes) {
      text += fmt::format("    {} {}\n", shown(name), shown(hash));
    }
    const auto release = update::read_release(path, target);
    text += release
                ? fmt::format("    version {}, secver {}, data_schema {}, for {}, {}\n", release->version,
                              release->secver, release->data_schema, release->compatible, rings_of(*release))
                : std::string("    no release for kiosks\n");
  }
  return text;
}

std::string describe_listing(std::string_view name, const update::Listing& listing) {
  return fmt::format("  {} version {}\n", shown(std::string(name)), listing.version);
}

}  // namespace

Json new_document(Role role, std::int64_t version, const std::string& expires) {
  return {
      {"_type", name_of(role)}, {"spec_version", spec_version}, {"version", version}, {"expires", expires}};
}

std::string draft_of(const Json& document) {
  return Json{{"signed", document}, {"signatures", Json::array()}}.dump(1) + "\n";
}

Result<void> sign(const std::filesystem::path& file, const records::SigningKey& key) {
  const auto text = TRY(read_file(file, largest));
  auto envelope = TRY(read_envelope(text));
  const auto id = key_id(public_key(key));
  const auto message = update::canonical(envelope["signed"]);
  const auto signature = TRY(key.sign(as_bytes(message)));
  Json signatures = Json::array();
  for (const auto& earlier : envelope["signatures"]) {
    const bool ours = earlier.is_object() && earlier.contains("keyid") && earlier["keyid"] == id;
    if (!ours) signatures.push_back(earlier);
  }
  signatures.push_back({{"keyid", id}, {"sig", to_hex(signature)}});
  envelope["signatures"] = signatures;
  return replace_file(file, envelope.dump(1) + "\n");
}

Result<std::string> describe(std::string_view text) {
  auto envelope = TRY(read_envelope(text));
  const auto type = envelope["signed"].value("_type", Json());
  if (type == "root") {
    const auto root = TRY(update::read_root(text));
    return describe_root(root.document);
  }
  if (type == "targets") {
    const auto targets = TRY(update::read_targets(text));
    return describe_targets(targets.document);
  }
  if (type == "snapshot") {
    const auto snapshot = TRY(update::read_snapshot(text));
    auto described = head_of(Role::snapshot, snapshot.document);
    for (const auto& [name, listing] : snapshot.document.documents)
      described += describe_listing(name, listing);
    return described;
  }
  const auto timestamp = TRY(update::read_timestamp(text));
  return head_of(Role::timestamp, timestamp.document) +
         describe_listing("snapshot.json", timestamp.document.snapshot);
}

}  // namespace kiosk::release
