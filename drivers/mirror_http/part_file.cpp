#include "drivers/mirror_http/part_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hal/base/file.hpp"

namespace kiosk::drivers::mirror_http {
namespace {

constexpr std::int64_t most_to_lose = 16 << 20;  // by a power cut; the kernel itself waits for half a minute

std::unexpected<Error> failed(const std::filesystem::path& file) {
  return fail(Errc::storage, file.string() + ": " + std::strerror(errno));
}

}  // namespace

std::filesystem::path PartFile::tag_file() const {
  auto path = file_;
  path += ".etag";
  return path;
}

Result<PartFile> PartFile::open(const std::filesystem::path& file) {
  PartFile part(file, Fd(::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600)));
  struct stat about{};
  if (!part.fd_ || ::fstat(part.fd_.get(), &about) != 0) return failed(file);
  if (!S_ISREG(about.st_mode)) return fail(Errc::storage, file.string() + ": no plain file");
  auto etag = read_file(part.tag_file(), 200);
  if (etag && !etag->empty()) {
    part.etag_ = *std::move(etag);
    part.size_ = about.st_size;
  }
  return part;
}

Result<void> PartFile::begin(const std::string& etag) {
  // In this order: at no moment does a tag stand beside bytes that are not its own.
  ::unlink(tag_file().c_str());
  if (::ftruncate(fd_.get(), 0) != 0) return failed(file_);
  size_ = on_disk_ = 0;
  etag_ = etag;
  return etag.empty() ? Result<void>() : replace_file(tag_file(), etag, 0600);
}

Result<void> PartFile::append(BytesView piece) {
  TRY(write_all(fd_.get(), piece));
  size_ += static_cast<std::int64_t>(piece.size());
  if (size_ - on_disk_ < most_to_lose) return {};
  if (::fdatasync(fd_.get()) != 0) return failed(file_);
  on_disk_ = size_;
  return {};
}

Result<void> PartFile::finish() {
  if (::fsync(fd_.get()) != 0) return failed(file_);
  ::unlink(tag_file().c_str());
  return {};
}

void PartFile::discard() {
  ::unlink(tag_file().c_str());
  ::unlink(file_.c_str());
}

}  // namespace kiosk::drivers::mirror_http
