#include "firmware/update/download.hpp"

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "hal/base/fd.hpp"

namespace kiosk::update {
namespace {

std::unexpected<Error> failed(const std::filesystem::path& file) {
  return fail(errno == ENOENT ? Errc::not_present : Errc::storage,
              fmt::format("{}: {}", file.string(), std::strerror(errno)));
}

/// Hands the whole file on piece by piece; answers its length.
template <class Take>
Result<std::int64_t> read_pieces(const std::filesystem::path& file, Take take, const Wait& wait) {
  const Fd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) return failed(file);
  Bytes piece(256 * 1024);
  std::int64_t length = 0;
  for (;;) {
    TRY(wait.check());
    const auto count = ::read(fd.get(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed(file);
    if (count == 0) return length;
    length += count;
    take(BytesView(piece).first(static_cast<std::size_t>(count)));
  }
}

}  // namespace

std::string mirror_path(const Root& root, const std::string& path, const Target& target) {
  if (!root.consistent_snapshot || target.hashes.empty()) return "targets/" + path;
  const auto sha256 = target.hashes.find("sha256");
  const auto& hash = sha256 != target.hashes.end() ? sha256->second : target.hashes.begin()->second;
  const auto name = path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1;
  return "targets/" + path.substr(0, name) + hash + "." + path.substr(name);
}

Result<std::string> sha256_of_file(const std::filesystem::path& file, const Wait& wait) {
  Sha256 digest;
  TRY(read_pieces(file, [&](BytesView piece) { digest.add(piece); }, wait));
  return digest.hex();
}

Result<void> check_file(const std::filesystem::path& file, const Target& target, const Wait& wait) {
  HashCheck check(target.hashes);
  const auto length = TRY(read_pieces(file, [&](BytesView piece) { check.add(piece); }, wait));
  if (length == target.length && check.holds()) return {};
  std::error_code error;
  std::filesystem::remove(file, error);
  return fail(Errc::malformed, fmt::format("{}: not the file that was signed, {}", file.string(),
                                           error ? "and it cannot be deleted" : "deleted"));
}

Result<void> download(hal::ReleaseMirror& mirror, const std::string& from, const Target& target,
                      const std::filesystem::path& file, const hal::ReleaseMirror::OnProgress& progress,
                      const Wait& wait) {
  std::error_code error;
  const bool whole = std::cmp_equal(std::filesystem::file_size(file, error), target.length) && !error;
  if (whole && check_file(file, target, wait)) return {};
  TRY(mirror.download(from, target.length, file, progress, wait));
  return check_file(file, target, wait);
}

}  // namespace kiosk::update
