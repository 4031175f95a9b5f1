#pragma once
// A file that is still coming, and beside it ("FILE.etag") of which file on the server it is a part.

#include <filesystem>
#include <string>

#include "hal/base/bytes.hpp"
#include "hal/base/fd.hpp"

namespace kiosk::drivers::mirror_http {

class PartFile {
 public:
  /// Opens or makes it, for its owner alone. What is there counts only if its tag is there too. `storage`.
  static Result<PartFile> open(const std::filesystem::path& file);

  std::int64_t size() const { return size_; }
  const std::string& etag() const { return etag_; }

  /// Throws away what is there and begins with a part of the file of that tag; without a tag this part cannot
  /// be gone on with later. `storage`.
  Result<void> begin(const std::string& etag);

  /// Adds to the end, and now and then sees to it that what is there is on the disk; blocks for that long.
  /// `storage`: what fitted stays.
  Result<void> append(BytesView piece);

  /// On to the disk, and no longer a part. `storage`.
  Result<void> finish();

  /// Takes file and tag away.
  void discard();

 private:
  PartFile(std::filesystem::path file, Fd fd) : file_(std::move(file)), fd_(std::move(fd)) {}
  std::filesystem::path tag_file() const;

  std::filesystem::path file_;
  Fd fd_;
  std::int64_t size_ = 0;
  /// As far as this one saw to it: what an earlier program left may still be in memory.
  std::int64_t on_disk_ = 0;
  std::string etag_;
};

}  // namespace kiosk::drivers::mirror_http
