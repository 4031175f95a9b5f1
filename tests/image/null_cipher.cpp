#include "tests/image/null_cipher.hpp"

#include <array>
#include <string>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <unistd.h>

#include "hal/base/fd.hpp"
#include "hal/base/file.hpp"
#include "tests/image/partitions.hpp"

namespace kiosk::image {
namespace {

using nlohmann::json;

// Where things are in the header.
constexpr std::size_t size_at = 8, checksum_at = 448, checksum_bytes = 64, json_at = 4096;
constexpr std::size_t hash_bytes = 32;

std::string sha256(const std::string& bytes) {
  std::array<std::uint8_t, hash_bytes> hash{};
  EVP_Digest(bytes.data(), bytes.size(), hash.data(), nullptr, EVP_sha256(), nullptr);
  return {hash.begin(), hash.end()};
}

/// LUKS's diffusion: every piece of a hash's length is hashed with its number before it.
std::string diffused(const std::string& block) {
  std::string out;
  for (std::size_t i = 0; i * hash_bytes < block.size(); ++i) {
    const auto number = std::string(3, '\0') + static_cast<char>(i);
    out += sha256(number + block.substr(i * hash_bytes, hash_bytes));
  }
  return out;
}

/// The key split as a keyslot keeps it. Its other stripes are by chance; here they are zeros.
std::string split(const std::string& key, int stripes) {
  std::string folded(key.size(), '\0');
  for (int i = 1; i < stripes; ++i) folded = diffused(folded);
  std::string out(key.size() * static_cast<std::size_t>(stripes - 1), '\0');
  for (std::size_t i = 0; i < key.size(); ++i) out += static_cast<char>(key[i] ^ folded[i]);
  return out;
}

std::uint64_t big_endian(const std::string& bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8U | static_cast<std::uint8_t>(byte);
  return number;
}

class Luks2 {
 public:
  Luks2(const std::filesystem::path& disk, std::uint64_t at)
      : disk_(::open(disk.c_str(), O_RDWR | O_CLOEXEC)), at_(at) {}

  Result<std::string> read(std::uint64_t from, std::size_t size) const {
    std::string bytes(size, '\0');
    if (::pread(disk_.get(), bytes.data(), size, static_cast<off_t>(at_ + from)) !=
        static_cast<ssize_t>(size))
      return fail(Errc::malformed, "luks: the disk ends");
    return bytes;
  }

  Result<void> write(std::uint64_t at, const std::string& bytes) const {
    if (::pwrite(disk_.get(), bytes.data(), bytes.size(), static_cast<off_t>(at_ + at)) !=
        static_cast<ssize_t>(bytes.size()))
      return fail(Errc::internal, "luks: not written");
    return {};
  }

 private:
  Fd disk_;
  std::uint64_t at_;
};

/// One copy of the header, with its keyslots' ciphers taken away.
std::string without_ciphers(std::string header, const json& keyslots) {
  auto text = std::string(header.c_str() + json_at);
  auto words = json::parse(text);
  for (const auto& [number, keyslot] : keyslots.items())
    words["keyslots"][number]["area"]["encryption"] = "cipher_null-ecb";
  text = words.dump();
  header.replace(json_at, std::string::npos, text + std::string(header.size() - json_at - text.size(), '\0'));
  header.replace(checksum_at, checksum_bytes, checksum_bytes, '\0');
  header.replace(checksum_at, hash_bytes, sha256(header));
  return header;
}

}  // namespace

Result<void> put_null_cipher(const KioskDisk& disk) {
  const auto partitions = TRY(read_partitions(disk.disk));
  const auto key = TRY(read_file(disk.volume_key, 64));
  if (!partitions.contains("DATA")) return fail(Errc::malformed, "luks: no data partition");
  const Luks2 luks(disk.disk, partitions.at("DATA").at);
  const auto size = big_endian(TRY(luks.read(size_at, 8)));
  const auto first = TRY(luks.read(0, size));
  const auto keyslots = json::parse(first.c_str() + json_at)["keyslots"];
  for (const auto& keyslot : keyslots) {
    const auto offset = std::stoull(keyslot["area"]["offset"].get<std::string>());
    TRY(luks.write(offset, split(key, keyslot["af"]["stripes"].get<int>())));
  }
  const auto second = TRY(luks.read(size, size));
  TRY(luks.write(0, without_ciphers(first, keyslots)));
  return luks.write(size, without_ciphers(second, keyslots));
}

}  // namespace kiosk::image
