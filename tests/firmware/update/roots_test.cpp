// The chain of roots: who may say who signs.

#include <limits>

#include <gtest/gtest.h>

#include "tests/firmware/update/refresh_fixture.hpp"

namespace kiosk::update {
namespace {

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
  const auto sign = [&](const std::vector<Keyholder>& signers) {
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
  EXPECT_EQ(refused(), "root: version 1 does not follow 1");
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

TEST_F(Refresh, EndsAtTheHighestVersionThatThereIs) {
  repository.root["version"] = std::numeric_limits<std::int64_t>::max();
  shipped_root = repository.text(Role::root);
  expect_fresh();
}

}  // namespace
}  // namespace kiosk::update
