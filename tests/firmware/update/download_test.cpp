#include "firmware/update/download.hpp"

#include <gtest/gtest.h>

#include "hal/base/file.hpp"
#include "tests/firmware/update/repository.hpp"
#include "tests/support/release_mirror_conformance.hpp"

namespace kiosk::testing {
namespace {

struct Made {
  hal::ReleaseMirror& mirror() { return fake; }
  void put(const std::string& path, const std::string& content) { fake.files[path] = content; }
  FakeReleaseMirror fake;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Fake, ReleaseMirrorConformance, Made);

}  // namespace
}  // namespace kiosk::testing

namespace kiosk::update {
namespace {

using namespace std::chrono_literals;

struct Download : ::testing::Test {
  Result<void> download() {
    return update::download(mirror, mirror_path({.consistent_snapshot = true}, "os/kiosk.raucb", target),
                            target, file, {}, Wait::of(60s));
  }
  const std::string& path() const { return path_; }

  testing::TemporaryFolder folder;
  std::filesystem::path file = folder / "bundle";
  std::string content = testing::content_of(500'000);
  Target target{.length = 500'000, .hashes = {{"sha256", sha256_hex(content)}}};
  testing::FakeReleaseMirror mirror;

 private:
  std::string path_ = "targets/os/" + sha256_hex(content) + ".kiosk.raucb";
};

TEST_F(Download, AsksForTheFileByItsHash) {
  EXPECT_EQ(mirror_path({.consistent_snapshot = true}, "kiosk.raucb", target),
            "targets/" + sha256_hex(content) + ".kiosk.raucb");
  EXPECT_EQ(mirror_path({.consistent_snapshot = false}, "os/kiosk.raucb", target), "targets/os/kiosk.raucb");
  mirror.files[path()] = content;
  ASSERT_TRUE(download());
  EXPECT_EQ(read_file(file, 1 << 20), content);
  EXPECT_EQ(mirror.asked(), std::vector{path()});
}

TEST_F(Download, DeletesAFileThatIsNotTheOneSigned) {
  for (const std::size_t at : {0UL, 250'000UL, 499'999UL}) {
    auto& there = mirror.files[path()] = content;
    there[at] = static_cast<char>(there[at] ^ 1);
    const auto downloaded = download();
    ASSERT_FALSE(downloaded);
    EXPECT_EQ(downloaded.error().code, Errc::malformed);
    EXPECT_EQ(downloaded.error().what, file.string() + ": not the file that was signed, deleted");
    EXPECT_FALSE(std::filesystem::exists(file));
  }
}

TEST_F(Download, ChecksEveryHashThatIsSigned) {
  mirror.files[path()] = content;
  target.hashes["sha512"] = std::string(128, '0');
  EXPECT_EQ(download().error().code, Errc::malformed);
}

TEST_F(Download, DoesNotAskAgainForAFileThatIsThere) {
  ASSERT_TRUE(replace_file(file, content));
  EXPECT_TRUE(download());
  EXPECT_TRUE(mirror.asked().empty());
  auto damaged = content;
  damaged[1] = static_cast<char>(damaged[1] ^ 0x80);
  ASSERT_TRUE(replace_file(file, damaged));
  mirror.files[path()] = content;
  EXPECT_TRUE(download());
  EXPECT_EQ(read_file(file, 1 << 20), content);
}

TEST_F(Download, ChecksAFileOnTheDiskAsAWhole) {
  EXPECT_EQ(check_file(file, target, Wait::of(60s)).error().code, Errc::not_present);
  ASSERT_TRUE(replace_file(file, content + "x"));
  EXPECT_EQ(check_file(file, target, Wait::of(60s)).error().code, Errc::malformed);
  EXPECT_FALSE(std::filesystem::exists(file));
}

}  // namespace
}  // namespace kiosk::update
