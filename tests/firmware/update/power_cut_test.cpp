// A kiosk that loses power in the middle of a refresh, before and after every change that it makes to its
// memory.

#include <gtest/gtest.h>

#include "hal/base/log.hpp"
#include "tests/firmware/update/repository.hpp"
#include "tests/support/faulty.hpp"

namespace kiosk::update {
namespace {

struct Versions {
  std::int64_t root, timestamp, snapshot, targets;
};

Versions versions(World& world) {
  return {world.version(Role::root), world.version(Role::timestamp), world.version(Role::snapshot),
          world.version(Role::targets)};
}

/// A kiosk that trusts version 1 of all, and a repository where everything is newer.
void age(World& world, bool rotate) {
  ASSERT_TRUE(world.refresh());
  auto& repository = world.repository;
  if (rotate) {
    for (const auto role : {Role::timestamp, Role::snapshot}) {
      repository.holders[role] = std::vector<Keyholder>(1);
      repository.name_holders(role, 1);
    }
  }
  repository.publish_next(world.mirror, {Role::root, Role::targets, Role::snapshot, Role::timestamp});
}

void cut_everywhere(bool rotate) {
  bool reached_the_end = false;
  for (std::size_t n = 0; !reached_the_end; ++n) {
    for (const auto when : {testing::Fault::When::before_work, testing::Fault::When::after_work}) {
      World world;
      age(world, rotate);
      testing::Faults faults;
      testing::FaultyStore failing(*world.store, faults);
      TrustedStore trusted(failing);
      faults.plan(n, {.when = when, .code = Errc::storage}, true);
      faults.begin();
      const auto cut = update::refresh(
          world.mirror, trusted,
          {.shipped_root = world.shipped_root, .now = world.now, .not_before = world.built}, {});
      faults.end();
      reached_the_end = cut.has_value();
      if (!cut) {
        EXPECT_EQ(cut.error().code, Errc::storage);
      }

      // What is there is the old or the new of each, and no online role under keys that are gone.
      const auto left = versions(world);
      EXPECT_TRUE(left.root == 1 || left.root == 2);
      if (rotate && left.root == 2) {
        EXPECT_NE(left.timestamp, 1);
        EXPECT_NE(left.snapshot, 1);
      }
      const auto healed = world.refresh();
      ASSERT_TRUE(healed) << n << ": " << healed.error().what;
      const auto after = versions(world);
      EXPECT_EQ(after.root, 2);
      EXPECT_EQ(after.timestamp, 2);
      EXPECT_EQ(after.snapshot, 2);
      EXPECT_EQ(after.targets, 2);
    }
  }
}

TEST(PowerCut, LeavesTheOldOrTheNewAtEveryWrite) {
  cut_everywhere(false);
}

TEST(PowerCut, NeverLeavesAnOldTimestampUnderNewKeys) {
  cut_everywhere(true);
}

TEST(PowerCut, IsNoDifferentFromAFullDisk) {
  World world;
  age(world, false);
  world.store->fill_disk();
  const auto full = world.refresh();
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, Errc::storage);
  world.store->fill_disk(false);
  EXPECT_TRUE(world.refresh());
}

}  // namespace
}  // namespace kiosk::update
