#include "tests/image/write_log.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace kiosk::image {
namespace {

static_assert(std::endian::native == std::endian::little, "the log is");

struct Head {
  std::uint64_t magic, version, entries;
  std::uint32_t sector;
};
constexpr std::uint64_t magic = 0x6A736677736872;

struct Entry {
  std::uint64_t sector, sectors, flags, extra;
};
constexpr std::uint64_t flush = 1, fua = 2, discard = 4;

template <class T>
Result<T> read_at(const Fd& file, std::uint64_t at) {
  T value;
  if (::pread(file.get(), &value, sizeof value, static_cast<off_t>(at)) != static_cast<ssize_t>(sizeof value))
    return fail(Errc::malformed, fmt::format("the log of writes ends at {}", at));
  return value;
}

}  // namespace

Result<WriteLog> WriteLog::open(const std::filesystem::path& path) {
  WriteLog log;
  log.file_ = Fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const auto head = TRY(read_at<Head>(log.file_, 0));
  if (head.magic != magic || head.version != 1 || head.sector != sector)
    return fail(Errc::malformed, "no log of writes in sectors of 512 bytes");
  std::uint64_t at = sector;
  for (std::uint64_t i = 0; i < head.entries; ++i) {
    const auto entry = TRY(read_at<Entry>(log.file_, at));
    at += sector;
    Write write{.at = entry.sector * sector,
                .size = entry.sectors * sector,
                .flush = (entry.flags & (flush | fua)) != 0,
                .discard = (entry.flags & discard) != 0,
                .data_at = at};
    if (!write.discard) at += write.size;
    log.writes_.push_back(write);
  }
  return log;
}

Result<void> WriteLog::replay(const Write& write, const Fd& disk, std::uint64_t sectors) const {
  if (write.discard) return {};
  std::vector<char> piece(1 << 20);
  const auto all = std::min(write.size, sectors > write.size / sector ? write.size : sectors * sector);
  for (std::uint64_t done = 0; done < all;) {
    const auto size = std::min<std::uint64_t>(piece.size(), all - done);
    if (::pread(file_.get(), piece.data(), size, static_cast<off_t>(write.data_at + done)) !=
        static_cast<ssize_t>(size))
      return fail(Errc::malformed, "the log of writes is not whole");
    if (::pwrite(disk.get(), piece.data(), size, static_cast<off_t>(write.at + done)) !=
        static_cast<ssize_t>(size))
      return fail(Errc::storage, "the disk's copy cannot be written");
    done += size;
  }
  return {};
}

}  // namespace kiosk::image
