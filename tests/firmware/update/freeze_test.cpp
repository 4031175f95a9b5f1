// A mirror that stands still, and clocks that do not tell the time.

#include <gtest/gtest.h>

#include "tests/firmware/update/refresh_fixture.hpp"

namespace kiosk::update {
namespace {

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

}  // namespace
}  // namespace kiosk::update
