// decrypt-data DISK START SIZE OFFSET SECTOR KEY OUT: the file system in an encrypted data partition (LUKS2,
// aes-xts-plain64), all numbers in bytes. What was never written stays a hole.

#include <algorithm>
#include <array>
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

bool decrypt(const Fd& disk, const Fd& out, std::uint64_t from, std::uint64_t size, std::size_t sector,
             const std::string& key) {
  const std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>> cipher(EVP_CIPHER_CTX_new());
  const auto* kind = key.size() == 64 ? EVP_aes_256_xts() : EVP_aes_128_xts();
  Bytes read(piece), plain(piece);
  for (std::uint64_t at = 0; at < size; at += piece) {
    const auto wanted = std::min<std::uint64_t>(piece, size - at);
    if (::pread(disk.get(), read.data(), wanted, static_cast<off_t>(from + at)) !=
        static_cast<ssize_t>(wanted))
      return false;
    for (std::size_t in = 0; in < wanted; in += sector) {
      const auto* begin = read.data() + in;
      if (std::all_of(begin, begin + sector, [](auto byte) { return byte == 0; })) continue;
      const auto vector = vector_of(at + in);
      int done = 0;
      if (EVP_DecryptInit_ex(cipher.get(), kind, nullptr, as_bytes(key).data(), vector.data()) != 1 ||
          EVP_DecryptUpdate(cipher.get(), plain.data(), &done, begin, static_cast<int>(sector)) != 1 ||
          ::pwrite(out.get(), plain.data(), sector, static_cast<off_t>(at + in)) !=
              static_cast<ssize_t>(sector))
        return false;
    }
  }
  return ::ftruncate(out.get(), static_cast<off_t>(size)) == 0;
}

}  // namespace

int main(int count, char** values) {
  if (count != 8) return 2;
  const auto number = [&](int which) { return std::strtoull(values[which], nullptr, 10); };
  const Fd disk(::open(values[1], O_RDONLY | O_CLOEXEC));
  const Fd out(::open(values[7], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  const auto key = read_file(values[6], 64);
  const auto offset = number(4);
  if (!disk || !out || !key || (key->size() != 32 && key->size() != 64)) return 1;
  return decrypt(disk, out, number(2) + offset, number(3) - offset, number(5), *key) ? 0 : 1;
}
