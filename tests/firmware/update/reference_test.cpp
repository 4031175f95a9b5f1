// Repositories that the specification's reference implementation made: see reference/README.md.

#include <cstdlib>

#include <gtest/gtest.h>

#include "drivers/mirror_folder/mirror_folder.hpp"
#include "firmware/update/download.hpp"
#include "hal/base/file.hpp"
#include "tests/firmware/update/repository.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::update {
namespace {

struct Reference : ::testing::Test {
  static std::filesystem::path folder(const std::string& name) {
    return std::filesystem::path(std::getenv("KIOSK_SOURCE")) / "tests/firmware/update/reference" / name;
  }
  Result<Released> refresh(const std::string& name) {
    const auto mirror = drivers::make_mirror_folder(folder(name));
    TrustedStore trusted(store);
    const auto root = read_file(folder(name) / "metadata/1.root.json", 1 << 20).value();
    return update::refresh(*mirror, trusted,
                           {.shipped_root = root, .now = *read_time("2026-08-01T08:00:00Z")}, {});
  }
  void expect_release(const std::string& name, const std::string& path) {
    const auto released = refresh(name);
    ASSERT_TRUE(released) << released.error().what;
    const auto release =
        release_for({.compatible = "kiosk-x86", .secver = 40, .data_schema = 3}, *released).value();
    ASSERT_TRUE(release);
    EXPECT_EQ(release->path, path);
    EXPECT_EQ(release->secver, 41);
    EXPECT_EQ(release->notes, "第一版 \"first\" \\ line\nnext");
    const auto mirror = drivers::make_mirror_folder(folder(name));
    const auto file = scratch / "bundle";
    ASSERT_TRUE(download(*mirror, mirror_path(released->root, release->path, release->target),
                         release->target, file, {}, {}));
    EXPECT_EQ(read_file(file, 100), "the bundle of release 1\n");
  }

  testing::TemporaryFolder scratch;
  testing::MemoryStore store{schema()};
};

TEST_F(Reference, IsReadThroughTwoRotationsOfItsRoot) {
  expect_release("rotated", "os/kiosk.raucb");
  const auto again = refresh("rotated");
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_EQ(again->root.version, 3);
  EXPECT_EQ(again->targets.version, 5);
}

TEST_F(Reference, IsReadWithoutConsistentSnapshotsAndHashes) {
  expect_release("plain", "kiosk.raucb");
}

TEST_F(Reference, SignsWhatWeSeeAsItsCanonicalForm) {
  for (const auto* name : {"1.root.json", "2.root.json", "3.root.json"}) {
    const auto text = read_file(folder("rotated") / "metadata" / name, 1 << 20).value();
    EXPECT_TRUE(first_root(text)) << name;
  }
}

}  // namespace
}  // namespace kiosk::update
