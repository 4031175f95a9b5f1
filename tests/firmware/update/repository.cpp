#include "tests/firmware/update/repository.hpp"

#include "firmware/update/trusted_store.hpp"

namespace kiosk::update {
namespace {

Json head(Role role, const std::string& expires) {
  return {{"_type", name_of(role)}, {"spec_version", "1.0.31"}, {"version", 1}, {"expires", expires}};
}

Json listing(std::int64_t version, const std::string& text) {
  return {{"version", version},
          {"length", static_cast<std::int64_t>(text.size())},
          {"hashes", {{"sha256", sha256_hex(text)}}}};
}

}  // namespace

Json Keyholder::sign(const Json& document) const {
  return {{"keyid", id()}, {"sig", to_hex(key_.sign(as_bytes(canonical(document))).value())}};
}

Repository::Repository(const std::string& expires)
    : root(head(Role::root, expires)),
      timestamp(head(Role::timestamp, expires)),
      snapshot(head(Role::snapshot, expires)),
      targets(head(Role::targets, expires)) {
  root["consistent_snapshot"] = true;
  root["keys"] = Json::object();
  targets["targets"] = Json::object();
  holders[Role::root].resize(3);
  holders[Role::targets].resize(3);
  holders[Role::snapshot].resize(1);
  holders[Role::timestamp].resize(1);
  for (const auto role : {Role::root, Role::targets}) name_holders(role, 2);
  for (const auto role : {Role::snapshot, Role::timestamp}) name_holders(role, 1);
  release("os/kiosk.raucb", "release 1", custom());
}

Json& Repository::document(Role role) {
  switch (role) {
    case Role::root:
      return root;
    case Role::timestamp:
      return timestamp;
    case Role::snapshot:
      return snapshot;
    case Role::targets:
      return targets;
  }
  std::unreachable();
}

std::string Repository::signed_by(const std::vector<Keyholder>& signers, const Json& document) {
  Json signatures = Json::array();
  for (const auto& signer : signers) signatures.push_back(signer.sign(document));
  return Json{{"signed", document}, {"signatures", signatures}}.dump(1);
}

void Repository::name_holders(Role role, std::int64_t threshold) {
  Json ids = Json::array();
  for (const auto& holder : holders[role]) {
    root["keys"][holder.id()] = holder.object();
    ids.push_back(holder.id());
  }
  root["roles"][std::string(name_of(role))] = {{"keyids", ids}, {"threshold", threshold}};
}

void Repository::release(const std::string& path, const std::string& content, const Json& release_custom) {
  targets["targets"][path] = {{"length", static_cast<std::int64_t>(content.size())},
                              {"hashes", {{"sha256", sha256_hex(content)}}},
                              {"custom", release_custom}};
}

std::string Repository::path(Role role) {
  const auto version =
      role == Role::timestamp ? "" : std::to_string(document(role)["version"].get<int>()) + ".";
  return "metadata/" + version + std::string(name_of(role)) + ".json";
}

void Repository::publish(testing::FakeReleaseMirror& mirror) {
  mirror.files[path(Role::root)] = text(Role::root);
  const auto& targets_text = mirror.files[path(Role::targets)] = text(Role::targets);
  snapshot["meta"]["targets.json"] = listing(targets["version"].get<std::int64_t>(), targets_text);
  const auto& snapshot_text = mirror.files[path(Role::snapshot)] = text(Role::snapshot);
  timestamp["meta"]["snapshot.json"] = listing(snapshot["version"].get<std::int64_t>(), snapshot_text);
  mirror.files[path(Role::timestamp)] = text(Role::timestamp);
}

void Repository::publish_next(testing::FakeReleaseMirror& mirror, const std::vector<Role>& changed) {
  for (const auto role : changed) document(role)["version"] = document(role)["version"].get<int>() + 1;
  publish(mirror);
}

Json custom(std::int64_t secver) {
  return {{"version", "2026.8." + std::to_string(secver)},
          {"secver", secver},
          {"data_schema", 3},
          {"compatible", "kiosk-x86"},
          {"offline_max_age", 60},
          {"notes", "说明"}};
}

World::World() : shipped_root(repository.text(Role::root)) {
  repository.publish(mirror);
}

Result<Released> World::refresh(Line line) {
  TrustedStore trusted(*store);
  return update::refresh(mirror, trusted,
                         {.shipped_root = shipped_root, .now = now, .not_before = built, .line = line},
                         Wait::of(std::chrono::seconds(60)));
}

Documents World::trusted() {
  return TrustedStore(*store).documents().value();
}

std::int64_t World::version(Role role) {
  const auto documents = trusted();
  const auto text = documents.find(role);
  return text == documents.end() ? 0
                                 : read_json(text->second).value()["signed"]["version"].get<std::int64_t>();
}

}  // namespace kiosk::update
