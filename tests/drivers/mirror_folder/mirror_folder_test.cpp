#include "drivers/mirror_folder/mirror_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/release_mirror_conformance.hpp"

namespace kiosk::testing {
namespace {

using namespace std::chrono_literals;

struct Stick {
  hal::ReleaseMirror& mirror() { return *mirror_; }
  void put(const std::string& path, const std::string& content) {
    std::filesystem::create_directories((folder / path).parent_path());
    EXPECT_TRUE(replace_file(folder / path, content));
  }

  TemporaryFolder folder;

 private:
  std::unique_ptr<hal::ReleaseMirror> mirror_ = drivers::make_mirror_folder(folder.path());
};

INSTANTIATE_TYPED_TEST_SUITE_P(Folder, ReleaseMirrorConformance, Stick);

struct MirrorFolder : ::testing::Test {
  Errc fetch(const std::string& path) {
    const auto text = stick.mirror().fetch(path, 1000, Wait::of(60s));
    return text ? Errc::internal : text.error().code;
  }

  Stick stick;
};

TEST_F(MirrorFolder, FollowsNoSymbolicLink) {
  stick.put("metadata/timestamp.json", "true");
  std::filesystem::create_symlink("timestamp.json", stick.folder / "metadata/link.json");
  std::filesystem::create_symlink("/etc/hostname", stick.folder / "metadata/away.json");
  std::filesystem::create_directory_symlink("metadata", stick.folder / "targets");
  std::filesystem::create_symlink("nowhere", stick.folder / "metadata/dangling.json");
  EXPECT_EQ(fetch("metadata/link.json"), Errc::refused);
  EXPECT_EQ(fetch("metadata/away.json"), Errc::refused);
  EXPECT_EQ(fetch("metadata/dangling.json"), Errc::refused);
  EXPECT_EQ(fetch("targets/timestamp.json"), Errc::refused);
}

TEST_F(MirrorFolder, TakesPlainFilesOnly) {
  std::filesystem::create_directories(stick.folder / "metadata/timestamp.json");
  ASSERT_EQ(::mkfifo((stick.folder / "metadata/fifo").c_str(), 0600), 0);
  EXPECT_EQ(fetch("metadata/timestamp.json"), Errc::refused);
  EXPECT_EQ(fetch("metadata/fifo"), Errc::refused) << "and does not wait for somebody to write into it";
}

TEST_F(MirrorFolder, LeavesNoTagOfAnotherPartBesideItsBytes) {
  stick.put("targets/image", "from the stick");
  stick.put("got", "a part from a server");
  stick.put("got.etag", "\"its tag\"");
  std::stop_source stop;
  const auto pulled = [&](std::int64_t, std::int64_t) { stop.request_stop(); };
  const auto cut =
      stick.mirror().download("targets/image", 14, stick.folder / "got", pulled, {.stop = stop.get_token()});
  EXPECT_EQ(cut.error().code, Errc::cancelled);
  EXPECT_FALSE(std::filesystem::exists(stick.folder / "got.etag"));
}

TEST_F(MirrorFolder, SaysWhenTheStickIsGoneAndFindsItAgain) {
  const auto away = stick.folder / "away";
  const auto mirror = drivers::make_mirror_folder(away);
  EXPECT_EQ(mirror->fetch("metadata/timestamp.json", 10, {}).error().code, Errc::unplugged);
  std::filesystem::create_directories(away / "metadata");
  ASSERT_TRUE(replace_file(away / "metadata/timestamp.json", "true"));
  EXPECT_EQ(mirror->fetch("metadata/timestamp.json", 10, {}), "true");
}

}  // namespace
}  // namespace kiosk::testing
