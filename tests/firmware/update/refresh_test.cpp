// What a stranger may try who holds the mirror, the line, or some of the keys. The names of the attacks are
// those of The Update Framework, section 1.5.2. Roots, rollback and freeze have files of their own.

#include <gtest/gtest.h>

#include "tests/firmware/update/refresh_fixture.hpp"

namespace kiosk::update {
namespace {

TEST_F(Refresh, TrustsWhatIsSignedAndKeepsIt) {
  const auto released = refresh();
  ASSERT_TRUE(released) << released.error().what;
  EXPECT_EQ(released->targets.files.size(), 1U);
  expect_versions(1, 1, 1, 1);
  EXPECT_EQ(mirror.asked(),
            (std::vector<std::string>{"metadata/2.root.json", newest, "metadata/1.snapshot.json",
                                      "metadata/1.targets.json"}));
}

TEST_F(Refresh, AsksForNothingButRootAndTimestampWhileNothingIsNew) {
  expect_fresh();
  const auto before = mirror.asked().size();
  expect_fresh();
  EXPECT_EQ(mirror.asked().size(), before + 2);
}

TEST_F(Refresh, FollowsEveryRole) {
  expect_fresh();
  repository.publish_next(mirror, {Role::timestamp});
  expect_fresh();
  expect_versions(1, 2, 1, 1);
  repository.release("os/kiosk.raucb", "release 2", custom(2));
  repository.publish_next(mirror, {Role::targets, Role::snapshot, Role::timestamp});
  expect_fresh();
  expect_versions(1, 3, 2, 2);
}

TEST_F(Refresh, WorksWithoutConsistentSnapshots) {
  repository.root["consistent_snapshot"] = false;
  shipped_root = repository.text(Role::root);
  repository.publish(mirror);
  mirror.files["metadata/snapshot.json"] = mirror.files["metadata/1.snapshot.json"];
  mirror.files["metadata/targets.json"] = mirror.files["metadata/1.targets.json"];
  mirror.files.erase("metadata/1.snapshot.json");
  mirror.files.erase("metadata/1.targets.json");
  expect_fresh();
}

TEST_F(Refresh, NeedsNoHashesAndLengthsBetweenDocuments) {
  repository.publish(mirror);
  for (const auto* member : {"length", "hashes"}) {
    repository.snapshot["meta"]["targets.json"].erase(member);
    repository.timestamp["meta"]["snapshot.json"].erase(member);
  }
  mirror.files[repository.path(Role::snapshot)] = repository.text(Role::snapshot);
  mirror.files[newest] = repository.text(Role::timestamp);
  expect_fresh();
}

// --- arbitrary software

TEST_F(Refresh, RefusesARoleSignedByNobodyByStrangersOrByAnotherRole) {
  for (const auto role : {Role::timestamp, Role::snapshot, Role::targets}) {
    for (const auto& signers :
         {std::vector<Keyholder>(), std::vector<Keyholder>(2), repository.holders[Role::root]}) {
      World world;
      const auto honest = std::exchange(world.repository.holders[role], signers);
      world.repository.publish(world.mirror);
      const auto released = world.refresh();
      ASSERT_FALSE(released);
      EXPECT_EQ(released.error().code, Errc::refused);
      EXPECT_TRUE(released.error().what.starts_with(std::string(name_of(role)) + ": signed by 0 of the"))
          << released.error().what;
      world.repository.holders[role] = honest;
      world.repository.publish_next(world.mirror, {Role::targets, Role::snapshot, Role::timestamp});
      EXPECT_TRUE(world.refresh()) << "a refused document must not stand in the way of the right one";
    }
  }
}

TEST_F(Refresh, RefusesADocumentChangedAfterItWasSigned) {
  auto& text = mirror.files[newest];
  text.replace(text.find("2026-09-01"), 10, "2027-09-01");
  EXPECT_EQ(refused(), "timestamp: signed by 0 of the 1 that root 1 asks for");
}

TEST_F(Refresh, RefusesTooFewSignatures) {
  repository.holders[Role::targets].resize(1);
  repository.publish(mirror);
  EXPECT_EQ(refused(), "targets: signed by 1 of the 2 that root 1 asks for");
}

TEST_F(Refresh, CountsAKeyOnceUnderWhicheverIds) {
  // One thief's key, in the root under a second id that is right for the object it stands in.
  const auto thief = repository.holders[Role::targets].front();
  auto twin = thief.object();
  twin["note"] = "the same key";
  const auto second_id = sha256_hex(canonical(twin));
  repository.root["keys"][second_id] = twin;
  repository.root["roles"]["targets"]["keyids"].push_back(second_id);
  shipped_root = repository.text(Role::root);
  repository.holders[Role::targets] = {thief};
  repository.publish(mirror);
  auto signature = thief.sign(repository.targets);
  auto envelope = *read_json(repository.text(Role::targets));
  signature["keyid"] = second_id;
  envelope["signatures"].push_back(signature);
  const auto text = mirror.files[repository.path(Role::targets)] = envelope.dump();
  repository.snapshot["meta"]["targets.json"] = {{"version", 1}};
  mirror.files[repository.path(Role::snapshot)] = repository.text(Role::snapshot);
  repository.timestamp["meta"]["snapshot.json"] = {{"version", 1}};
  mirror.files[newest] = repository.text(Role::timestamp);
  EXPECT_EQ(refused(), "targets: signed by 1 of the 2 that root 1 asks for");
}

TEST_F(Refresh, CountsAKeyIdNamedTwiceByTheRootOnce) {
  const auto& one = repository.holders[Role::targets].front();
  repository.root["roles"]["targets"]["keyids"] = {one.id(), one.id()};
  shipped_root = repository.text(Role::root);
  repository.publish(mirror);
  EXPECT_EQ(refused(), "targets: signed by 1 of the 2 that root 1 asks for");
}

TEST_F(Refresh, ReachesAThresholdBesideKeysOfUnknownKinds) {
  const Json quantum{{"keytype", "ml-dsa-65"}, {"scheme", "ml-dsa-65"}, {"keyval", {{"public", "00"}}}};
  const auto id = sha256_hex(canonical(quantum));
  repository.root["keys"][id] = quantum;
  repository.root["roles"]["timestamp"]["keyids"].push_back(id);
  shipped_root = repository.text(Role::root);
  repository.publish(mirror);
  auto envelope = *read_json(mirror.files[newest]);
  envelope["signatures"].push_back({{"keyid", id}, {"sig", "not even hexadecimal"}});
  mirror.files[newest] = envelope.dump();
  expect_fresh();
}

TEST_F(Refresh, TakesACaptivePortalForNothing) {
  for (auto& [path, text] : mirror.files) text = "<html>Welcome to the library's network</html>";
  EXPECT_EQ(refused(Errc::malformed), "timestamp: not JSON at byte 1");
  expect_versions(1, 0, 0, 0);
}

// --- mix and match

TEST_F(Refresh, RefusesDocumentsThatWereNeverReleasedTogether) {
  expect_fresh();
  const auto old = mirror.files;
  repository.publish_next(mirror, {Role::targets, Role::snapshot, Role::timestamp});
  auto mixed = mirror;
  mixed.files["metadata/2.snapshot.json"] = old.at("metadata/1.snapshot.json");
  std::swap(mirror, mixed);
  EXPECT_EQ(refused(), "snapshot: not the version 2 that is named by length and hash");
  std::swap(mirror, mixed);
  mixed = mirror;
  mixed.files["metadata/2.targets.json"] = old.at("metadata/1.targets.json");
  std::swap(mirror, mixed);
  EXPECT_EQ(refused(), "targets: not the version 2 that is named by length and hash");
}

TEST_F(Refresh, RefusesAnotherVersionThanTheOneNamedAlsoWithoutHashes) {
  repository.timestamp["meta"]["snapshot.json"] = {{"version", 2}};
  mirror.files[newest] = repository.text(Role::timestamp);
  mirror.files["metadata/2.snapshot.json"] = mirror.files["metadata/1.snapshot.json"];
  EXPECT_EQ(refused(), "snapshot: is version 1 where 2 is named");
}

TEST_F(Refresh, RefusesADocumentWhoseHashesAreAllOfUnknownKinds) {
  repository.timestamp["meta"]["snapshot.json"] = {{"version", 1}, {"hashes", {{"md5", "00"}}}};
  mirror.files[newest] = repository.text(Role::timestamp);
  EXPECT_EQ(refused(), "snapshot: not the version 1 that is named by length and hash");
}

TEST_F(Refresh, ChecksEveryHashItKnows) {
  auto& hashes = repository.timestamp["meta"]["snapshot.json"]["hashes"];
  hashes["sha512"] = std::string(128, '0');
  mirror.files[newest] = repository.text(Role::timestamp);
  EXPECT_EQ(refused(), "snapshot: not the version 1 that is named by length and hash");
  hashes.erase("sha512");
  hashes["sha3-256"] = "00";
  repository.timestamp["version"] = 2;  // what is trusted of version 1 stays as it is
  mirror.files[newest] = repository.text(Role::timestamp);
  expect_fresh();
}

// --- endless data

TEST_F(Refresh, ReadsNoMoreOfADocumentThanItsRoleMayHave) {
  for (const auto role : {Role::timestamp, Role::snapshot, Role::targets}) {
    World world;
    const auto path = world.repository.path(role);
    world.mirror.files[path] += std::string(largest(role), ' ');
    world.repository.snapshot["meta"]["targets.json"] = {{"version", 1}};
    world.repository.timestamp["meta"]["snapshot.json"] = {{"version", 1}};
    const auto released = world.refresh();
    ASSERT_FALSE(released);
    EXPECT_EQ(released.error().code, Errc::malformed) << released.error().what;
  }
  mirror.files["metadata/2.root.json"] = std::string(largest(Role::root) + 1, ' ');
  EXPECT_NE(refused(Errc::malformed), "");
}

TEST_F(Refresh, ReadsNoMoreThanTheLengthThatIsSigned) {
  mirror.files["metadata/1.targets.json"] += " ";
  EXPECT_EQ(refused(Errc::malformed), "1.targets.json: larger than allowed");
}

// --- the line

TEST_F(Refresh, SaysWhatTheMirrorSaysAndGoesOnNextTime) {
  mirror.fail_with(Error{Errc::busy, "the server answers 503"});
  EXPECT_EQ(refused(Errc::busy), "2.root.json: the server answers 503");
  mirror.fail_with({});
  mirror.files.erase("metadata/1.targets.json");
  EXPECT_EQ(refused(Errc::not_present), "1.targets.json: no such file");
  expect_versions(1, 1, 1, 0);
  repository.publish(mirror);
  expect_fresh();
  expect_versions(1, 1, 1, 1);
}

// --- a stick

TEST_F(Refresh, TakesAStickWhoseTimestampIsLateAndSaysHowLate) {
  repository.timestamp["expires"] = "2026-07-30T08:00:00Z";
  repository.snapshot["expires"] = "2026-07-31T08:00:00Z";
  repository.publish(mirror);
  EXPECT_NE(refused(), "");
  const auto good_time = TrustedStore(*store).good_time().value();
  const auto released = refresh(Line::offline);
  ASSERT_TRUE(released) << released.error().what;
  EXPECT_EQ(released->overdue, 48h);
  EXPECT_EQ(TrustedStore(*store).good_time().value(), good_time) << "a stick tells no time";
}

TEST_F(Refresh, LetsNoStickBeLateWithRootOrTargets) {
  for (const auto role : {Role::root, Role::targets}) {
    World world;
    world.repository.document(role)["expires"] = "2026-07-30T08:00:00Z";
    world.shipped_root = world.repository.text(Role::root);
    world.repository.publish(world.mirror);
    EXPECT_EQ(world.refresh(Line::offline).error().code, Errc::refused);
  }
}

TEST_F(Refresh, LetsNoStickGoBack) {
  const auto stick = mirror.files;
  repository.publish_next(mirror, {Role::targets, Role::snapshot, Role::timestamp});
  expect_fresh();
  mirror.files = stick;
  const auto released = refresh(Line::offline);
  ASSERT_FALSE(released);
  EXPECT_EQ(released.error().what, "timestamp: rollback of timestamp from version 2 to 1");
}

}  // namespace
}  // namespace kiosk::update
