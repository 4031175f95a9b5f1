#include "drivers/rauc/read_back.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <unistd.h>

#include "hal/base/bytes.hpp"
#include "hal/base/fd.hpp"
#include "hal/base/freed.hpp"

namespace kiosk::drivers::rauc {

Result<void> read_back(const std::filesystem::path& partition, const hal::BundleManifest::Part& part,
                       const Wait& wait) {
  const auto cannot = [&](Errc code, std::string_view what) {
    return fail(code, fmt::format("{}: {}", partition.string(), what));
  };
  const Fd fd(::open(partition.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return cannot(Errc::storage, "cannot be opened");
  ::fsync(fd.get());
  ::posix_fadvise(fd.get(), 0, 0, POSIX_FADV_DONTNEED);  // so that the disk answers, and not the memory

  const std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>> hash(EVP_MD_CTX_new());
  EVP_DigestInit_ex(hash.get(), EVP_sha256(), nullptr);
  Bytes piece(std::size_t{1} << 20U);
  for (auto left = static_cast<std::size_t>(part.length); left > 0;) {
    TRY(wait.check());
    const auto got = ::read(fd.get(), piece.data(), std::min(left, piece.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return cannot(Errc::storage, "cannot be read");
    if (got == 0) return cannot(Errc::malformed, "ends too early");
    EVP_DigestUpdate(hash.get(), piece.data(), static_cast<std::size_t>(got));
    left -= static_cast<std::size_t>(got);
  }
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_DigestFinal_ex(hash.get(), digest.data(), &length);
  if (to_hex(BytesView(digest.data(), length)) != part.sha256)
    return cannot(Errc::malformed, "not what was signed");
  return {};
}

}  // namespace kiosk::drivers::rauc
