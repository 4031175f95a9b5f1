#include "hal/base/file.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hal/base/fd.hpp"

namespace kiosk {
namespace {

std::unexpected<Error> failed(const std::filesystem::path& file) {
  return fail(errno == ENOENT ? Errc::not_present : Errc::storage,
              file.string() + ": " + std::strerror(errno));
}

Result<void> write_new(const std::filesystem::path& file, std::string_view text, unsigned mode) {
  const Fd fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode));
  if (!fd) return fail(Errc::storage, file.string() + ": " + std::strerror(errno));
  TRY(write_all(fd.get(), as_bytes(text)));
  if (::fsync(fd.get()) != 0) return fail(Errc::storage, file.string() + ": " + std::strerror(errno));
  return {};
}

}  // namespace

Result<void> write_all(int fd, BytesView bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return fail(Errc::storage, std::string("write: ") + std::strerror(errno));
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Result<std::string> read_file(const std::filesystem::path& file, std::size_t most) {
  const Fd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat about{};
  if (!fd || ::fstat(fd.get(), &about) != 0) return failed(file);
  if (!S_ISREG(about.st_mode)) return fail(Errc::storage, file.string() + ": no plain file");
  std::string text;
  std::array<char, 16 * 1024> piece{};
  for (;;) {
    const auto count = ::read(fd.get(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed(file);
    if (count == 0) return text;
    if (static_cast<std::size_t>(count) > most - text.size()) {
      return fail(Errc::malformed, file.string() + ": larger than " + std::to_string(most) + " bytes");
    }
    text.append(piece.data(), static_cast<std::size_t>(count));
  }
}

Result<void> replace_file(const std::filesystem::path& file, std::string_view text, unsigned mode) {
  auto beside = file;
  beside += ".new";
  auto written = write_new(beside, text, mode);
  if (written && ::rename(beside.c_str(), file.c_str()) != 0) {
    written = fail(Errc::storage, file.string() + ": " + std::strerror(errno));
  }
  if (!written) {
    ::unlink(beside.c_str());
    return written;
  }
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || ::fsync(fd.get()) != 0)
    return fail(Errc::storage, folder.string() + ": " + std::strerror(errno));
  return {};
}

}  // namespace kiosk
