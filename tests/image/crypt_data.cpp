// crypt-data read|write DISK START SIZE OFFSET SECTOR KEY FILE: the file system in an encrypted data
// partition (LUKS2, aes-xts-plain64) into a file, and back; all numbers in bytes. What was never written
// stays a hole.

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include "hal/base/fd.hpp"
#include "hal/base/file.hpp"
#include "hal/base/freed.hpp"

namespace {

using namespace kiosk;

constexpr std::size_t piece = 1 << 20;

/// plain64: the number of the sector, in sectors of 512 bytes whatever their size, little-endian.
std::array<std::uint8_t, 16> vector_of(std::uint64_t byte) {
  std::array<std::uint8_t, 16> vector{};
  std::uint64_t number = byte / 512;
  for (std::size_t i = 0; i < 8; ++i, number >>= 8U) vector.at(i) = static_cast<std::uint8_t>(number);
  return vector;
}

bool is_hole(BytesView bytes) {
  return std::ranges::all_of(bytes, [](auto byte) { return byte == 0; });
}

/// One sector of a data partition, as it lies on the disk or as it is meant.
class Cipher {
 public:
  explicit Cipher(std::string key) : key_(std::move(key)) {}

  bool turn(BytesView from, std::uint64_t at, bool encrypt, std::uint8_t* to) {
    const auto* kind = key_.size() == 64 ? EVP_aes_256_xts() : EVP_aes_128_xts();
    const auto vector = vector_of(at);
    int done = 0;
    return EVP_CipherInit_ex(context_.get(), kind, nullptr, as_bytes(key_).data(), vector.data(),
                             encrypt ? 1 : 0) == 1 &&
           EVP_CipherUpdate(context_.get(), to, &done, from.data(), static_cast<int>(from.size())) == 1;
  }

 private:
  std::string key_;
  std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>> context_{EVP_CIPHER_CTX_new()};
};

struct Place {
  std::uint64_t from = 0, size = 0;
  std::size_t sector = 0;
};

bool read_at(const Fd& file, Bytes& bytes, std::uint64_t at) {
  return ::pread(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(at)) ==
         static_cast<ssize_t>(bytes.size());
}

bool write_at(const Fd& file, BytesView bytes, std::uint64_t at) {
  return ::pwrite(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(at)) ==
         static_cast<ssize_t>(bytes.size());
}

/// What of a piece was ever written; what lies side by side goes out at once.
bool read_piece(const Fd& out, const Place& place, Cipher& cipher, BytesView read, std::uint64_t at) {
  Bytes plain(read.size());
  std::size_t begin = 0;
  const auto put_before = [&](std::size_t end) {
    return begin == end || write_at(out, BytesView(plain).subspan(begin, end - begin), at + begin);
  };
  for (std::size_t in = 0; in < read.size(); in += place.sector) {
    const auto sector = read.subspan(in, place.sector);
    if (is_hole(sector)) {
      if (!put_before(in)) return false;
      begin = in + place.sector;
    } else if (!cipher.turn(sector, at + in, false, &plain[in])) {
      return false;
    }
  }
  return put_before(read.size());
}

/// Only where the disk's own file has anything: most of the partition is a hole, and reading one takes half a
/// minute.
bool read_out(const Fd& disk, const Fd& out, const Place& place, Cipher& cipher) {
  Bytes read(piece);
  for (std::uint64_t at = 0; at < place.size;) {
    const auto found = ::lseek(disk.get(), static_cast<off_t>(place.from + at), SEEK_DATA);
    if (found < 0 && errno != ENXIO) return false;
    const auto data = found < 0 ? place.size : static_cast<std::uint64_t>(found) - place.from;
    at = data - data % place.sector;
    if (at >= place.size) break;
    const auto hole = ::lseek(disk.get(), static_cast<off_t>(place.from + data), SEEK_HOLE);
    if (hole < 0) return false;
    const auto end = std::min(static_cast<std::uint64_t>(hole) - place.from, place.size);
    for (; at < end; at += read.size()) {
      const auto rest = (end - at + place.sector - 1) / place.sector * place.sector;
      read.resize(std::min<std::uint64_t>(piece, rest));
      if (!read_at(disk, read, place.from + at) || !read_piece(out, place, cipher, read, at)) return false;
    }
  }
  return ::ftruncate(out.get(), static_cast<off_t>(place.size)) == 0;
}

bool write_piece(const Fd& disk, const Fd& file, const Place& place, Cipher& cipher, std::uint64_t at,
                 std::uint64_t size) {
  Bytes there(size), wanted(size), turned(place.sector);
  if (!read_at(disk, there, place.from + at) || !read_at(file, wanted, at)) return false;
  for (std::size_t in = 0; in < size; in += place.sector) {
    if (!cipher.turn(BytesView(wanted).subspan(in, place.sector), at + in, true, turned.data())) return false;
    if (std::ranges::equal(BytesView(there).subspan(in, place.sector), turned)) continue;
    if (!write_at(disk, turned, place.from + at + in)) return false;
  }
  return true;
}

/// A hole of the file stays one on the disk, which would be anything but zeros when it is decrypted; so what
/// was written as zeros is told from a hole by the file and not by its bytes.
bool write_back(const Fd& disk, const Fd& file, const Place& place, Cipher& cipher) {
  off_t begin = 0;
  while ((begin = ::lseek(file.get(), begin, SEEK_DATA)) >= 0) {
    const auto hole = ::lseek(file.get(), begin, SEEK_HOLE);
    if (hole < 0) return false;
    const auto end = static_cast<std::uint64_t>(hole);
    for (auto at = static_cast<std::uint64_t>(begin); at < end; at += piece) {
      if (!write_piece(disk, file, place, cipher, at, std::min<std::uint64_t>(piece, end - at))) return false;
    }
    begin = hole;
  }
  return errno == ENXIO;  // no more of it
}

}  // namespace

int main(int count, char** values) {
  if (count != 9) return 2;
  const bool back = std::string(values[1]) == "write";
  const auto number = [&](int which) { return std::strtoull(values[which], nullptr, 10); };
  const Fd disk(::open(values[2], (back ? O_RDWR : O_RDONLY) | O_CLOEXEC));
  const Fd file(
      ::open(values[8], back ? O_RDONLY | O_CLOEXEC : O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  const auto key = read_file(values[7], 64);
  const auto offset = number(5);
  if (!disk || !file || !key || (key->size() != 32 && key->size() != 64)) return 1;
  const Place place{.from = number(3) + offset, .size = number(4) - offset, .sector = number(6)};
  Cipher cipher(*key);
  return (back ? write_back : read_out)(disk, file, place, cipher) ? 0 : 1;
}
