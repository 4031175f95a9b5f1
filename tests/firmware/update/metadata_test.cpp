#include "firmware/update/metadata.hpp"

#include <gtest/gtest.h>

#include "tests/firmware/update/repository.hpp"

namespace kiosk::update {
namespace {

/// Reads the root of a repository after a change.
std::string root_after(auto change) {
  Repository repository;
  change(repository.root);
  const auto root = read_root(Repository::signed_by({}, repository.root));
  return root ? "taken" : root.error().what;
}

std::string targets_after(auto change) {
  Repository repository;
  change(repository.targets);
  const auto targets = read_targets(Repository::signed_by({}, repository.targets));
  return targets ? "taken" : targets.error().what;
}

TEST(Metadata, AreReadAsTheyStand) {
  Repository repository;
  testing::FakeReleaseMirror mirror;
  repository.publish(mirror);
  const auto root = read_root(repository.text(Role::root)).value();
  EXPECT_EQ(root.document.version, 1);
  EXPECT_EQ(root.document.keys.size(), 8U);
  EXPECT_EQ(root.document.roles.at(Role::root).threshold, 2);
  EXPECT_EQ(root.document.roles.at(Role::root).key_ids.size(), 3U);
  EXPECT_EQ(root.signatures.size(), 3U);
  EXPECT_TRUE(root.document.consistent_snapshot);
  EXPECT_EQ(write_time(root.document.expires), "2026-09-01T00:00:00Z");
  EXPECT_EQ(root.message, canonical(repository.root));

  const auto timestamp = read_timestamp(repository.text(Role::timestamp)).value();
  EXPECT_EQ(timestamp.document.snapshot.version, 1);
  EXPECT_TRUE(timestamp.document.snapshot.length);
  const auto targets = read_targets(repository.text(Role::targets)).value();
  EXPECT_EQ(targets.document.files.at("os/kiosk.raucb").length, 9);
  EXPECT_EQ(targets.document.files.at("os/kiosk.raucb").custom, custom());
}

TEST(Metadata, AreRefusedWithThePlaceAndWithoutTheValue) {
  EXPECT_EQ(root_after([](Json&) {}), "taken");
  EXPECT_EQ(root_after([](Json& root) { root.erase("version"); }), "root: no \"version\"");
  EXPECT_EQ(root_after([](Json& root) { root["version"] = "1"; }), "root: \"version\" is of a wrong kind");
  EXPECT_EQ(root_after([](Json& root) { root["version"] = 0; }), "root: \"version\" is below 1");
  EXPECT_EQ(root_after([](Json& root) { root["version"] = -1; }), "root: \"version\" is below 1");
  EXPECT_EQ(root_after([](Json& root) { root["_type"] = "targets"; }), "root: another role's document");
  EXPECT_EQ(root_after([](Json& root) { root["spec_version"] = "2.0.0"; }), "root: spec_version is not 1.x");
  EXPECT_EQ(root_after([](Json& root) { root["spec_version"] = "10.0"; }), "root: spec_version is not 1.x");
  EXPECT_EQ(root_after([](Json& root) { root["expires"] = "tomorrow"; }), "root: \"expires\" is no date");
  EXPECT_EQ(root_after([](Json& root) { root["consistent_snapshot"] = 1; }),
            "root: \"consistent_snapshot\" is of a wrong kind");
  EXPECT_EQ(root_after([](Json& root) { root["roles"].erase("snapshot"); }), "root roles: no \"snapshot\"");
  EXPECT_EQ(root_after([](Json& root) { root["roles"]["snapshot"]["threshold"] = 0; }),
            "root roles snapshot: \"threshold\" is below 1");
  EXPECT_EQ(root_after([](Json& root) { root["roles"]["snapshot"]["keyids"] = {1}; }),
            "root roles snapshot: a key id that is no text");
  EXPECT_EQ(root_after([](Json& root) { root["keys"]["x"] = Json::object(); }),
            "root keys: a key without keytype, scheme and keyval");
  EXPECT_EQ(targets_after([](Json& targets) { targets["targets"]["os/kiosk.raucb"].erase("hashes"); }),
            "targets targets: no \"hashes\"");
  EXPECT_EQ(
      targets_after([](Json& targets) { targets["targets"]["os/kiosk.raucb"]["hashes"] = Json::object(); }),
      "targets targets: \"hashes\" without a hash");
  EXPECT_EQ(targets_after([](Json& targets) { targets["targets"]["os/kiosk.raucb"]["length"] = -1; }),
            "targets targets: \"length\" is below 0");
  EXPECT_EQ(targets_after([](Json& targets) { targets["targets"]["os/kiosk.raucb"]["custom"] = 1; }),
            "targets targets: \"custom\" is of a wrong kind");
  for (const auto* text : {"", "[]", "{}", "<html>", "{\"signed\":1,\"signatures\":[]}", "null"}) {
    EXPECT_EQ(read_timestamp(text).error().code, Errc::malformed) << text;
  }
}

TEST(Metadata, TakeNoKeyIdTwiceAmongTheSignatures) {
  Repository repository;
  const auto& holder = repository.holders[Role::root].front();
  const auto root = read_root(Repository::signed_by({holder, holder}, repository.root));
  ASSERT_FALSE(root);
  EXPECT_EQ(root.error().what, "signatures: a key id twice");
}

TEST(Metadata, PassOverWhatTheyDoNotKnowButSignItToo) {
  Repository repository;
  repository.root["x-city"] = {{"name", "泉城"}, {"n", 1}};
  repository.root["roles"]["mirrors"] = {{"keyids", Json::array()}, {"threshold", 1}};
  const auto root = read_root(repository.text(Role::root)).value();
  EXPECT_NE(root.message.find("泉城"), std::string::npos);
}

TEST(Metadata, LeaveOutKeysThatCannotBeUsed) {
  Repository repository;
  const auto keys = [&] { return read_root(repository.text(Role::root)).value().document.keys; };
  const auto before = keys();
  // Of another kind, with an id that is right.
  const Json quantum{{"keytype", "ml-dsa-65"}, {"scheme", "ml-dsa-65"}, {"keyval", {{"public", "00"}}}};
  repository.root["keys"][sha256_hex(canonical(quantum))] = quantum;
  // Ours, under an id that is not its own.
  repository.root["keys"][std::string(64, 'a')] = repository.holders[Role::root].front().object();
  // Too short.
  const Json stub{{"keytype", "ed25519"}, {"scheme", "ed25519"}, {"keyval", {{"public", "00"}}}};
  repository.root["keys"][sha256_hex(canonical(stub))] = stub;
  EXPECT_EQ(keys(), before);
}

TEST(Metadata, KnowAKeyByItsIdWithAndWithoutMembersThatAreNotOfTheSpecification) {
  const Keyholder holder;
  auto object = holder.object();
  object["keyid_hash_algorithms"] = {"sha256", "sha512"};
  EXPECT_TRUE(is_key_id(holder.id(), object));
  EXPECT_TRUE(is_key_id(sha256_hex(canonical(object)), object));
  object["scheme"] = "ed25519ph";
  EXPECT_FALSE(is_key_id(holder.id(), object));
}

TEST(Metadata, ReadDatesOfOneFormOnly) {
  EXPECT_EQ(write_time(*read_time("1985-10-21T01:21:00Z")), "1985-10-21T01:21:00Z");
  EXPECT_EQ(*read_time("1970-01-01T00:00:01Z"), WallTime(milliseconds(1000)));
  EXPECT_TRUE(read_time("2028-02-29T23:59:59Z"));
  for (const auto* text :
       {"", "2026-08-01", "2026-08-01T08:00:00", "2026-08-01T08:00:00+08:00", "2026-08-01 08:00:00Z",
        "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-08-01T24:00:00Z", "2026-08-01T08:60:00Z",
        "2026-08-01T08:00:00.5Z", "2026-08-01T08:00:60Z", "+026-08-01T08:00:00Z", "2026-08-01t08:00:00z"}) {
    EXPECT_FALSE(read_time(text)) << text;
  }
}

}  // namespace
}  // namespace kiosk::update
