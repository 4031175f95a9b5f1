#include "firmware/update/refresh.hpp"

#include <gtest/gtest.h>

#include "tests/firmware/update/repository.hpp"

// What a stranger may try who holds the mirror, the line, or some of the keys. The names of the attacks are
// those of The Update Framework, section 1.5.2.

namespace kiosk::update {
namespace {

using namespace std::chrono_literals;

constexpr auto newest = "metadata/timestamp.json";

struct Refresh : ::testing::Test, World {
  /// The error of a refresh; empty when there was none.
  std::string refused(Errc code = Errc::refused) {
    const auto released = refresh();
    if (released) return {};
    EXPECT_EQ(released.error().code, code) << released.error().what;
    return released.error().what;
  }
  void expect_fresh() {
    const auto released = refresh();
    EXPECT_TRUE(released) << released.error().what;
  }
  /// A new root of the repository; the mirror gets it.
  void publish_root(auto change) {
    change();
    repository.publish_next(mirror, {Role::root});
  }
  void expect_versions(std::int64_t root, std::int64_t timestamp, std::int64_t snapshot,
                       std::int64_t targets) {
    EXPECT_EQ(version(Role::root), root);
    EXPECT_EQ(version(Role::timestamp), timestamp);
    EXPECT_EQ(version(Role::snapshot), snapshot);
    EXPECT_EQ(version(Role::targets), targets);
  }
};

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

// --- the chain of roots

TEST_F(Refresh, FollowsRootsOneByOne) {
  for (int i = 0; i < 3; ++i) {
    publish_root([&] {
      repository.holders[Role::root].emplace_back();  // the oldest hands over to a new one
      auto signers = repository.holders[Role::root];
      repository.holders[Role::root].erase(repository.holders[Role::root].begin());
      repository.name_holders(Role::root, 2);
    });
  }
  expect_fresh();
  expect_versions(4, 1, 1, 1);
}

TEST_F(Refresh, RefusesARootThatTheOldHoldersDidNotSign) {
  publish_root([&] {
    repository.holders[Role::root] = std::vector<Keyholder>(3);
    repository.name_holders(Role::root, 2);
  });
  EXPECT_EQ(refused(), "root: signed by 0 of the 2 that root 1 asks for");
}

TEST_F(Refresh, RefusesARootThatItsOwnHoldersDidNotSign) {
  const auto old = repository.holders[Role::root];
  publish_root([&] {
    repository.holders[Role::root] = std::vector<Keyholder>(3);
    repository.name_holders(Role::root, 2);
  });
  mirror.files["metadata/2.root.json"] = Repository::signed_by(old, repository.root);
  EXPECT_EQ(refused(), "root: signed by 0 of the 2 that root 2 asks for");
}

TEST_F(Refresh, AsksForTheThresholdsOfBothRoots) {
  publish_root([&] {
    repository.holders[Role::root].resize(5);
    repository.name_holders(Role::root, 4);
  });
  const auto all = repository.holders[Role::root];
  const auto sign = [&](std::vector<Keyholder> signers) {
    mirror.files["metadata/2.root.json"] = Repository::signed_by(signers, repository.root);
  };
  sign({all[0], all[1], all[2]});
  EXPECT_EQ(refused(), "root: signed by 3 of the 4 that root 2 asks for");
  sign({all[0], all[3], all[4]});
  EXPECT_EQ(refused(), "root: signed by 1 of the 2 that root 1 asks for");
  sign({all[0], all[1], all[3], all[4]});
  expect_fresh();
}

TEST_F(Refresh, RefusesARootThatSkipsOrGoesBack) {
  publish_root([&] { repository.root["version"] = 2; });  // stands as 3
  mirror.files["metadata/2.root.json"] = mirror.files["metadata/3.root.json"];
  EXPECT_EQ(refused(), "root: version 3 does not follow 1");
  mirror.files.erase("metadata/3.root.json");
  mirror.files["metadata/2.root.json"] = shipped_root;
  expect_fresh();  // the trusted version again ends the chain
  repository.root["version"] = 2;
  mirror.files["metadata/2.root.json"] = repository.text(Role::root);
  expect_fresh();
  mirror.files["metadata/3.root.json"] = shipped_root;
  EXPECT_EQ(refused(), "root: rollback of root from version 2 to 1");
}

TEST_F(Refresh, KeepsTheRootsUpToTheOneThatIsWrong) {
  publish_root([] {});
  publish_root([] {});
  mirror.files["metadata/3.root.json"] = "{}";
  EXPECT_EQ(refused(Errc::malformed), "root: no \"signed\"");
  EXPECT_EQ(version(Role::root), 2);
  mirror.files["metadata/3.root.json"] = repository.text(Role::root);
  expect_fresh();
  EXPECT_EQ(version(Role::root), 3);
}

TEST_F(Refresh, PassesThroughExpiredRootsButEndsAtNone) {
  publish_root([&] { repository.root["expires"] = "2026-07-01T00:00:00Z"; });
  EXPECT_EQ(refused(), "root: version 2 expired at 2026-07-01T00:00:00Z");
  publish_root([&] { repository.root["expires"] = "2026-09-01T00:00:00Z"; });
  expect_fresh();
}

TEST_F(Refresh, BeginsWithTheShippedRootWhenThatIsNewer) {
  expect_fresh();
  publish_root([] {});
  mirror.files.erase("metadata/2.root.json");  // the mirror has cleaned up
  shipped_root = repository.text(Role::root);
  expect_fresh();
  EXPECT_EQ(version(Role::root), 2);
  repository.root["version"] = 1;
  shipped_root = repository.text(Role::root);
  expect_fresh();
  EXPECT_EQ(version(Role::root), 2);
}

TEST_F(Refresh, BeginsWithTheShippedRootWhenTheKeptOneIsDamaged) {
  expect_fresh();
  ASSERT_TRUE(TrustedStore(*store).keep(Role::root, "damaged"));
  expect_fresh();
  shipped_root = "damaged";
  ASSERT_TRUE(TrustedStore(*store).keep(Role::root, "damaged"));
  EXPECT_NE(refused(Errc::malformed), "");
}

TEST_F(Refresh, TakesNoRootToBeginWithThatDoesNotSignItself) {
  shipped_root = Repository::signed_by({repository.holders[Role::root].front()}, repository.root);
  EXPECT_EQ(refused(), "root: signed by 1 of the 2 that root 1 asks for");
}

TEST_F(Refresh, EndsAChainOfRootsThatHasNoEnd) {
  // Each is rightly signed, as by a holder gone mad.
  for (int i = 2; i <= 300; ++i) {
    repository.root["version"] = i;
    mirror.files["metadata/" + std::to_string(i) + ".root.json"] = repository.text(Role::root);
  }
  expect_fresh();
  EXPECT_EQ(version(Role::root), 257);
}

// --- rollback

TEST_F(Refresh, RefusesAnyVersionThatGoesBack) {
  repository.publish_next(mirror, {Role::targets, Role::snapshot, Role::timestamp});
  expect_fresh();
  const auto kept = mirror.files;

  repository.timestamp["version"] = 1;
  repository.publish(mirror);
  EXPECT_EQ(refused(), "timestamp: rollback of timestamp from version 2 to 1");

  repository.timestamp["version"] = 3;
  repository.snapshot["version"] = 1;
  repository.publish(mirror);
  EXPECT_EQ(refused(), "timestamp: rollback of snapshot from version 2 to 1");

  repository.snapshot["version"] = 3;
  repository.targets["version"] = 1;
  repository.publish(mirror);
  EXPECT_EQ(refused(), "snapshot: rollback of targets.json from version 2 to 1");

  repository.snapshot["version"] = 4;
  repository.timestamp["version"] = 4;
  repository.targets["version"] = 2;
  repository.snapshot["meta"]["more.json"] = {{"version", 1}};
  repository.publish(mirror);
  expect_fresh();
  repository.snapshot["meta"].erase("more.json");
  repository.publish_next(mirror, {Role::snapshot, Role::timestamp});
  EXPECT_EQ(refused(), "snapshot: more.json is no longer named");
  EXPECT_EQ(version(Role::snapshot), 4);
}

TEST_F(Refresh, DoesNotLookAtATimestampOfTheVersionItHas) {
  expect_fresh();
  repository.targets["expires"] = "2026-12-01T00:00:00Z";
  repository.publish(mirror);  // all of version 1, of other content
  expect_fresh();
  EXPECT_EQ(read_targets(trusted()[Role::targets])->document.expires, *read_time("2026-09-01T00:00:00Z"));
}

TEST_F(Refresh, RemembersOverRestartsWhatItTrusted) {
  repository.publish_next(mirror, {Role::timestamp});
  expect_fresh();
  repository.timestamp["version"] = 1;
  repository.publish(mirror);
  EXPECT_NE(refused(), "");
  forget();
  expect_fresh();
}

// --- fast-forward, and the way out of it

TEST_F(Refresh, RecoversFromAFastForwardWhenTheKeysChange) {
  constexpr auto far = std::numeric_limits<std::int64_t>::max();
  for (const auto role : {Role::timestamp, Role::snapshot, Role::targets})
    repository.document(role)["version"] = far;
  testing::FakeReleaseMirror taken_over;
  repository.publish(taken_over);
  mirror.files = taken_over.files;
  mirror.files["metadata/timestamp.json"] = repository.text(Role::timestamp);
  const auto name = [&](Role role) {
    return "metadata/" + std::to_string(far) + "." + std::string(name_of(role)) + ".json";
  };
  mirror.files[name(Role::snapshot)] = repository.text(Role::snapshot);
  mirror.files[name(Role::targets)] = repository.text(Role::targets);
  expect_fresh();
  EXPECT_EQ(version(Role::timestamp), far);

  for (const auto role : {Role::timestamp, Role::snapshot, Role::targets})
    repository.document(role)["version"] = 5;
  repository.publish(mirror);
  EXPECT_NE(refused(), "") << "with the same keys nothing goes back";

  publish_root([&] {
    for (const auto role : {Role::timestamp, Role::snapshot}) {
      repository.holders[role] = std::vector<Keyholder>(1);
      repository.name_holders(role, 1);
    }
  });
  expect_fresh();
  expect_versions(2, 5, 5, 5);
}

TEST_F(Refresh, ForgetsTheOnlineRolesAlsoWhenOneKeyIsAdded) {
  repository.publish_next(mirror, {Role::timestamp});
  expect_fresh();
  repository.timestamp["version"] = 1;
  publish_root([&] {
    repository.holders[Role::timestamp].emplace_back();
    repository.name_holders(Role::timestamp, 1);
  });
  expect_fresh();
  expect_versions(2, 1, 1, 1);
}

TEST_F(Refresh, ForgetsNothingWhenOtherKeysChange) {
  repository.publish_next(mirror, {Role::timestamp});
  expect_fresh();
  repository.timestamp["version"] = 1;
  publish_root([&] {
    repository.holders[Role::targets].emplace_back();
    repository.name_holders(Role::targets, 2);
  });
  EXPECT_EQ(refused(), "timestamp: rollback of timestamp from version 2 to 1");
}

TEST_F(Refresh, TrustsNothingAnyLongerThatWasSignedByKeysThatWentAway) {
  expect_fresh();
  publish_root([&] {
    repository.holders[Role::targets] = std::vector<Keyholder>(3);
    repository.name_holders(Role::targets, 2);
  });
  mirror.files["metadata/1.targets.json"] = trusted()[Role::targets];
  repository.snapshot["meta"]["targets.json"] = {{"version", 1}};
  repository.timestamp["version"] = 2;
  repository.snapshot["version"] = 2;
  mirror.files["metadata/2.snapshot.json"] = repository.text(Role::snapshot);
  repository.timestamp["meta"]["snapshot.json"] = {{"version", 2}};
  mirror.files[newest] = repository.text(Role::timestamp);
  EXPECT_EQ(refused(), "targets: signed by 0 of the 2 that root 2 asks for");
}

// --- freeze

TEST_F(Refresh, RefusesEachRoleFromTheMomentOnAtWhichItExpires) {
  for (const auto role : {Role::root, Role::timestamp, Role::snapshot, Role::targets}) {
    World world;
    world.repository.document(role)["expires"] = "2026-08-01T08:00:00Z";
    world.shipped_root = world.repository.text(Role::root);
    world.repository.publish(world.mirror);
    const auto released = world.refresh();
    ASSERT_FALSE(released) << name_of(role);
    EXPECT_EQ(released.error().code, Errc::refused);
    EXPECT_EQ(released.error().what,
              std::string(name_of(role)) + ": version 1 expired at 2026-08-01T08:00:00Z");
    world.now -= 1ms;
    EXPECT_TRUE(world.refresh()) << name_of(role);
  }
}

TEST_F(Refresh, NoticesThatAMirrorStandsStill) {
  expect_fresh();
  now += 24h * 40;
  EXPECT_EQ(refused(), "root: version 1 expired at 2026-09-01T00:00:00Z");
  publish_root([&] { repository.root["expires"] = "2027-09-01T00:00:00Z"; });
  EXPECT_EQ(refused(), "timestamp: version 1 expired at 2026-09-01T00:00:00Z");
  repository.timestamp["expires"] = "2026-10-01T00:00:00Z";
  repository.publish_next(mirror, {Role::timestamp});
  EXPECT_EQ(refused(), "snapshot: version 1 expired at 2026-09-01T00:00:00Z");
  repository.snapshot["expires"] = "2026-10-01T00:00:00Z";
  repository.publish_next(mirror, {Role::snapshot, Role::timestamp});
  EXPECT_EQ(refused(), "targets: version 1 expired at 2026-09-01T00:00:00Z");
  repository.targets["expires"] = "2026-10-01T00:00:00Z";
  repository.publish_next(mirror, {Role::targets, Role::snapshot, Role::timestamp});
  expect_fresh();
}

// --- clocks

TEST_F(Refresh, JudgesByNoClockThatStandsBeforeTheImageOrTheLastGoodTime) {
  now = WallTime();  // 1970
  repository.timestamp["expires"] = "2026-06-30T00:00:00Z";
  repository.publish(mirror);
  EXPECT_EQ(refused(), "timestamp: version 1 expired at 2026-06-30T00:00:00Z") << "the image is younger";
  repository.timestamp["expires"] = "2026-08-02T00:00:00Z";
  repository.publish(mirror);
  now = *read_time("2026-08-01T08:00:00Z");
  expect_fresh();
  // A mirror that freezes, and a clock that goes back with it.
  repository.timestamp["expires"] = "2026-08-01T07:00:00Z";
  repository.publish_next(mirror, {Role::timestamp});
  now = *read_time("2026-07-15T00:00:00Z");
  EXPECT_EQ(refused(), "timestamp: version 2 expired at 2026-08-01T07:00:00Z");
}

TEST_F(Refresh, IsNotLockedOutByAClockThatRanAhead) {
  expect_fresh();
  now = *read_time("2099-01-01T00:00:00Z");
  EXPECT_NE(refused(), "");
  now = *read_time("2026-08-02T08:00:00Z");
  expect_fresh();
  EXPECT_EQ(TrustedStore(*store).good_time().value(), now);
}

TEST_F(Refresh, MovesTheGoodTimeOnlyForward) {
  expect_fresh();
  const auto good = now;
  now -= 24h;
  expect_fresh();
  EXPECT_EQ(TrustedStore(*store).good_time().value(), good);
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
