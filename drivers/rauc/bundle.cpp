#include "drivers/rauc/bundle.hpp"

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/cms.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hal/base/fd.hpp"
#include "hal/base/freed.hpp"

namespace kiosk::drivers::rauc {
namespace {

constexpr std::size_t longest_signature = 256 * 1024;
constexpr std::string_view squashfs = "hsqs";

using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Cms = std::unique_ptr<CMS_ContentInfo, Freed<CMS_ContentInfo_free>>;
using Keyring = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;

std::unexpected<Error> is(Errc code, const std::filesystem::path& file, std::string_view what) {
  return fail(code, fmt::format("bundle {}: {}", file.filename().string(), what));
}

Result<std::string> read_at(const Fd& fd, off_t from, std::size_t length, const std::filesystem::path& file) {
  std::string bytes(length, '\0');
  if (::pread(fd.get(), bytes.data(), length, from) != static_cast<ssize_t>(length)) {
    return is(Errc::storage, file, "cannot be read");
  }
  return bytes;
}

/// The CMS message at the end.
Result<std::string> signature_of(const std::filesystem::path& file) {
  const Fd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat about{};
  if (!fd && errno == ENOENT) return is(Errc::not_present, file, "there is none");
  if (!fd || ::fstat(fd.get(), &about) != 0 || !S_ISREG(about.st_mode))
    return is(Errc::storage, file, "no file");
  constexpr off_t tail = 8;
  if (about.st_size < tail + static_cast<off_t>(squashfs.size()))
    return is(Errc::malformed, file, "too short");
  const auto magic = TRY(read_at(fd, 0, squashfs.size(), file));
  if (magic != squashfs) return is(Errc::malformed, file, "no squashfs");
  const auto end = TRY(read_at(fd, about.st_size - tail, tail, file));
  std::uint64_t length = 0;
  for (const char byte : end) {
    length = length << 8U | static_cast<std::uint8_t>(byte);
  }
  if (length == 0 || length > longest_signature ||
      length > static_cast<std::uint64_t>(about.st_size - tail)) {
    return is(Errc::malformed, file, "no signature at its end");
  }
  return read_at(fd, about.st_size - tail - static_cast<off_t>(length), length, file);
}

/// Whoever may sign code, by the extended key usage of the certificate (RFC 5280 4.2.1.12).
bool all_sign_code(CMS_ContentInfo* cms) {
  const std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * stack) { sk_X509_free(stack); })>
      signers(CMS_get0_signers(cms));
  const int count = sk_X509_num(signers.get());
  for (int i = 0; i < count; i++) {
    if ((X509_get_extended_key_usage(sk_X509_value(signers.get(), i)) & XKU_CODE_SIGN) == 0) return false;
  }
  return count > 0;
}

}  // namespace

Result<std::string> signed_manifest(const std::filesystem::path& bundle,
                                    const std::filesystem::path& keyring) {
  const auto der = TRY(signature_of(bundle));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(der.data());
  const Cms cms(d2i_CMS_ContentInfo(nullptr, &bytes, static_cast<long>(der.size())));
  if (!cms) return is(Errc::malformed, bundle, "its signature is no CMS message");
  const Keyring trusted(X509_STORE_new());
  if (!trusted || X509_STORE_load_file(trusted.get(), keyring.c_str()) != 1) {
    return is(Errc::storage, bundle, fmt::format("the keyring {} cannot be read", keyring.string()));
  }
  X509_STORE_set_purpose(trusted.get(), X509_PURPOSE_ANY);
  X509_STORE_set_flags(trusted.get(), X509_V_FLAG_NO_CHECK_TIME);
  const Bio text(BIO_new(BIO_s_mem()));
  if (CMS_verify(cms.get(), nullptr, trusted.get(), nullptr, text.get(), CMS_BINARY) != 1) {
    return is(Errc::refused, bundle, "not signed by anybody whom this system believes");
  }
  if (!all_sign_code(cms.get())) return is(Errc::refused, bundle, "signed with a key that is not for code");
  const char* begin = nullptr;
  const long length = BIO_get_mem_data(text.get(), &begin);
  return std::string(begin, static_cast<std::size_t>(std::max(length, 0L)));
}

}  // namespace kiosk::drivers::rauc
