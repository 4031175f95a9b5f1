#pragma once
// What every hal::ReleaseMirror does. Run over a new kind of mirror with INSTANTIATE_TYPED_TEST_SUITE_P(Name,
// ReleaseMirrorConformance, M) where M has `hal::ReleaseMirror& mirror()`, and `void put(path, content)` and
// `void take_away(path)`, which change what the mirror has.

#include <algorithm>
#include <stop_token>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "hal/base/file.hpp"
#include "hal/release_mirror.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::testing {

/// Bytes that differ from place to place.
inline std::string content_of(std::size_t size, unsigned seed = 1) {
  std::string content(size, '\0');
  for (auto& letter : content) {
    seed = seed * 1'664'525U + 1'013'904'223U;
    letter = static_cast<char>(seed >> 24U);
  }
  return content;
}

template <class Made>
class ReleaseMirrorConformance : public ::testing::Test {
 protected:
  static constexpr std::size_t large = 3 << 20;

  hal::ReleaseMirror& mirror() { return made_.mirror(); }
  Wait wait() const { return Wait::of(std::chrono::seconds(60)); }
  std::filesystem::path file() const { return folder_ / "file"; }
  std::string brought() const { return read_file(file(), 1 << 30).value_or("(no file)"); }
  Result<void> download(const std::string& path, std::size_t length) {
    return mirror().download(path, static_cast<std::int64_t>(length), file(), {}, wait());
  }
  /// Begins a download and stops it at the first byte.
  void begin_download(const std::string& path, std::size_t length) {
    std::stop_source stop;
    const auto begun = mirror().download(path, static_cast<std::int64_t>(length), file(),
                                         [&](std::int64_t done, std::int64_t) {
                                           if (done > 0) stop.request_stop();
                                         },
                                         {.stop = stop.get_token()});
    ASSERT_FALSE(begun);
    EXPECT_EQ(begun.error().code, Errc::cancelled);
  }

  Made made_;

 private:
  TemporaryFolder folder_;
};

TYPED_TEST_SUITE_P(ReleaseMirrorConformance);

TYPED_TEST_P(ReleaseMirrorConformance, GivesADocumentWhole) {
  const auto content = content_of(5000);
  this->made_.put("metadata/1.root.json", content);
  EXPECT_EQ(this->mirror().fetch("metadata/1.root.json", 5000, this->wait()), content);
  EXPECT_EQ(this->mirror().retry_after(), std::nullopt);
}

TYPED_TEST_P(ReleaseMirrorConformance, GivesNoDocumentLargerThanAllowed) {
  this->made_.put("metadata/timestamp.json", content_of(5000));
  const auto fetched = this->mirror().fetch("metadata/timestamp.json", 4999, this->wait());
  ASSERT_FALSE(fetched);
  EXPECT_EQ(fetched.error().code, Errc::malformed);
}

TYPED_TEST_P(ReleaseMirrorConformance, SaysWhenThereIsNoSuchFile) {
  this->made_.put("metadata/1.root.json", "x");
  for (const auto* path : {"metadata/2.root.json", "targets/a", "metadata/1.root.json/x"}) {
    EXPECT_EQ(this->mirror().fetch(path, 10, this->wait()).error().code, Errc::not_present) << path;
    EXPECT_EQ(this->download(path, 10).error().code, Errc::not_present) << path;
  }
}

TYPED_TEST_P(ReleaseMirrorConformance, RefusesAPathThatIsNotPlain) {
  this->made_.put("metadata/1.root.json", "x");
  for (const auto* path :
       {"", "/etc/passwd", "metadata/../metadata/1.root.json", "..", "metadata//1.root.json",
        "metadata/./1.root.json", "metadata/1.root.json/", "metadata\\1.root.json", "a\nb"}) {
    EXPECT_EQ(this->mirror().fetch(path, 10, this->wait()).error().code, Errc::refused) << path;
    EXPECT_EQ(this->download(path, 10).error().code, Errc::refused) << path;
  }
}

TYPED_TEST_P(ReleaseMirrorConformance, BringsAFileAndTellsHowFarItIs) {
  const auto content = content_of(this->large);
  this->made_.put("targets/os/image", content);
  std::vector<std::int64_t> seen;
  const auto brought = this->mirror().download(
      "targets/os/image", std::ssize(content), this->file(),
      [&](std::int64_t done, std::int64_t length) {
        EXPECT_EQ(length, std::ssize(content));
        seen.push_back(done);
      },
      this->wait());
  ASSERT_TRUE(brought) << brought.error().what;
  EXPECT_EQ(this->brought(), content);
  EXPECT_EQ(seen.front(), 0);
  EXPECT_EQ(seen.back(), std::ssize(content));
  EXPECT_TRUE(std::ranges::is_sorted(seen));
}

TYPED_TEST_P(ReleaseMirrorConformance, BringsFilesOfAnyPlainNameAndOfNoBytes) {
  for (const std::string path : {"targets/版本 1+2%2f?#&.img", "targets/empty"}) {
    const auto content = path.ends_with("empty") ? std::string() : path;
    this->made_.put(path, content);
    const auto brought = this->download(path, content.size());
    ASSERT_TRUE(brought) << path << ": " << brought.error().what;
    EXPECT_EQ(this->brought(), content);
  }
}

TYPED_TEST_P(ReleaseMirrorConformance, LeavesNothingOfAFileOfAnotherLength) {
  this->made_.put("targets/image", content_of(100'000));
  for (const std::size_t length : {1UL, 99'999UL, 100'001UL}) {
    const auto brought = this->download("targets/image", length);
    ASSERT_FALSE(brought);
    EXPECT_EQ(brought.error().code, Errc::malformed);
    EXPECT_FALSE(std::filesystem::exists(this->file())) << length;
  }
}

TYPED_TEST_P(ReleaseMirrorConformance, BringsAFileAfterItWasStopped) {
  const auto content = content_of(this->large);
  this->made_.put("targets/image", content);
  this->begin_download("targets/image", content.size());
  const auto brought = this->download("targets/image", content.size());
  ASSERT_TRUE(brought) << brought.error().what;
  EXPECT_EQ(this->brought(), content);
}

TYPED_TEST_P(ReleaseMirrorConformance, MixesNoTwoFiles) {
  this->made_.put("targets/image", content_of(this->large, 1));
  this->begin_download("targets/image", this->large);
  const auto other = content_of(this->large, 2);
  this->made_.put("targets/image", other);
  const auto brought = this->download("targets/image", other.size());
  ASSERT_TRUE(brought) << brought.error().what;
  EXPECT_EQ(this->brought(), other);
}

TYPED_TEST_P(ReleaseMirrorConformance, SaysWhenThereIsNoRoomForAFile) {
  this->made_.put("targets/image", content_of(10));
  const auto brought = this->mirror().download("targets/image", 10, "/nowhere/file", {}, this->wait());
  ASSERT_FALSE(brought);
  EXPECT_EQ(brought.error().code, Errc::storage);
}

TYPED_TEST_P(ReleaseMirrorConformance, DoesNothingWhenItIsStopped) {
  this->made_.put("targets/image", "x");
  std::stop_source stop;
  stop.request_stop();
  const Wait stopped{.stop = stop.get_token()};
  EXPECT_EQ(this->mirror().fetch("targets/image", 10, stopped).error().code, Errc::cancelled);
  EXPECT_EQ(this->mirror().download("targets/image", 1, this->file(), {}, stopped).error().code,
            Errc::cancelled);
}

REGISTER_TYPED_TEST_SUITE_P(ReleaseMirrorConformance, GivesADocumentWhole, GivesNoDocumentLargerThanAllowed,
                            SaysWhenThereIsNoSuchFile, RefusesAPathThatIsNotPlain,
                            BringsAFileAndTellsHowFarItIs, BringsFilesOfAnyPlainNameAndOfNoBytes,
                            LeavesNothingOfAFileOfAnotherLength, BringsAFileAfterItWasStopped,
                            MixesNoTwoFiles, SaysWhenThereIsNoRoomForAFile, DoesNothingWhenItIsStopped);

}  // namespace kiosk::testing
