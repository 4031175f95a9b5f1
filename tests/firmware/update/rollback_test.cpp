// Versions that go back, versions that run away, and the way out.

#include <gtest/gtest.h>

#include "tests/firmware/update/refresh_fixture.hpp"

namespace kiosk::update {
namespace {

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

}  // namespace
}  // namespace kiosk::update
