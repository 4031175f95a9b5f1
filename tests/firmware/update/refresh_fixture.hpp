#pragma once
// A kiosk that looks at a repository, and what it says.

#include <string>

#include <gtest/gtest.h>

#include "tests/firmware/update/repository.hpp"

namespace kiosk::update {

using namespace std::chrono_literals;

inline constexpr auto newest = "metadata/timestamp.json";

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

}  // namespace kiosk::update
