#include "drivers/mirror_folder/mirror_folder.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hal/base/fd.hpp"
#include "hal/base/file.hpp"

namespace kiosk::drivers {
namespace {

std::unexpected<Error> failed(int error, std::string_view path) {
  const auto what = fmt::format("{}: {}", path, std::strerror(error));
  if (error == ENOENT || error == ENOTDIR) return fail(Errc::not_present, what);
  if (error == ELOOP || error == EACCES || error == EPERM || error == ENXIO) return fail(Errc::refused, what);
  return fail(Errc::unplugged, what);  // EIO, ENODEV, ENOMEDIUM …
}

class MirrorFolder final : public hal::ReleaseMirror {
 public:
  explicit MirrorFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<std::string> fetch(const std::string& path, std::size_t most, const Wait& wait) override {
    const Fd file = TRY(open(path));
    std::string text;
    const auto take = [&](BytesView piece) -> Result<void> {
      if (piece.size() > most - text.size()) {
        return fail(Errc::malformed, fmt::format("{}: larger than {} bytes", path, most));
      }
      text += as_text(piece);
      return {};
    };
    TRY(read_all(file, path, take, wait));
    return text;
  }

  Result<void> download(const std::string& path, std::int64_t length, const std::filesystem::path& file,
                        const OnProgress& progress, const Wait& wait) override {
    if (progress) progress(0, length);
    auto copied = copy(path, length, file, progress, wait);
    if (!copied && copied.error().code == Errc::malformed) ::unlink(file.c_str());
    return copied;
  }

  std::optional<std::chrono::seconds> retry_after() const override { return std::nullopt; }

 private:
  // Name by name, so that no symbolic link leads elsewhere on the way. A FIFO opens without waiting for its
  // writer, and is refused then.
  Result<Fd> open(const std::string& path) const {
    if (!hal::is_plain_path(path)) return fail(Errc::refused, "a path that is not plain");
    Fd place(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!place) return fail(Errc::unplugged, fmt::format("{}: {}", folder_.string(), std::strerror(errno)));
    for (std::size_t begin = 0; begin <= path.size();) {
      const auto end = std::min(path.find('/', begin), path.size());
      const auto name = path.substr(begin, end - begin);
      const int kind = end == path.size() ? O_NONBLOCK : O_DIRECTORY;
      Fd next(::openat(place.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | kind));
      if (!next) return failed(is_link(place, name) ? ELOOP : errno, path);
      place = std::move(next);
      begin = end + 1;
    }
    struct stat about{};
    if (::fstat(place.get(), &about) != 0) return failed(errno, path);
    if (!S_ISREG(about.st_mode)) return fail(Errc::refused, path + ": no plain file");
    return place;
  }

  static bool is_link(const Fd& folder, const std::string& name) {
    const int error = errno;
    struct stat about{};
    const bool link =
        ::fstatat(folder.get(), name.c_str(), &about, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(about.st_mode);
    errno = error;
    return link;
  }

  template <class Take>
  static Result<void> read_all(const Fd& file, const std::string& path, Take take, const Wait& wait) {
    std::array<std::uint8_t, 64 * 1024> piece{};
    for (;;) {
      TRY(wait.check());
      const auto count = ::read(file.get(), piece.data(), piece.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return failed(errno, path);
      if (count == 0) return {};
      TRY(take(BytesView(piece).first(static_cast<std::size_t>(count))));
    }
  }

  Result<void> copy(const std::string& path, std::int64_t length, const std::filesystem::path& target,
                    const OnProgress& progress, const Wait& wait) const {
    const Fd source = TRY(open(path));
    // A tag that a part from elsewhere has left would be taken for that of these bytes.
    auto tag = target;
    tag += ".etag";
    ::unlink(tag.c_str());
    const Fd file(::open(target.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file) return fail(Errc::storage, fmt::format("{}: {}", target.string(), std::strerror(errno)));
    std::int64_t done = 0;
    const auto take = [&](BytesView piece) -> Result<void> {
      if (std::cmp_greater(piece.size(), length - done)) {
        return fail(Errc::malformed, fmt::format("{}: longer than {} bytes", path, length));
      }
      TRY(write_all(file.get(), piece));
      done += static_cast<std::int64_t>(piece.size());
      if (progress) progress(done, length);
      return {};
    };
    TRY(read_all(source, path, take, wait));
    if (done != length)
      return fail(Errc::malformed, fmt::format("{}: {} bytes instead of {}", path, done, length));
    if (::fsync(file.get()) != 0)
      return fail(Errc::storage, fmt::format("{}: {}", target.string(), std::strerror(errno)));
    return {};
  }

  std::filesystem::path folder_;
};

}  // namespace

std::unique_ptr<hal::ReleaseMirror> make_mirror_folder(std::filesystem::path folder) {
  return std::make_unique<MirrorFolder>(std::move(folder));
}

}  // namespace kiosk::drivers
