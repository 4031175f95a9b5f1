#include "firmware/records/signing_key.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <unistd.h>

#include "hal/base/fd.hpp"

namespace kiosk::records {

namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

std::shared_ptr<evp_pkey_st> owned(EVP_PKEY* key) {
  return {key, &EVP_PKEY_free};
}

}  // namespace

Result<SigningKey> SigningKey::generate() {
  auto* key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  if (key == nullptr) return fail(Errc::internal, "signing key: OpenSSL made none");
  return SigningKey(owned(key));
}

Result<SigningKey> SigningKey::load(const std::filesystem::path& pem) {
  const Bio file(BIO_new_file(pem.c_str(), "r"), &BIO_free);
  if (!file) return fail(Errc::not_present, "signing key: no file " + pem.string());
  auto* key = PEM_read_bio_PrivateKey(file.get(), nullptr, nullptr, nullptr);
  const auto held = owned(key);
  if (key == nullptr || EVP_PKEY_is_a(key, "ED25519") != 1) {
    return fail(Errc::malformed, "signing key: not an Ed25519 key in PEM: " + pem.string());
  }
  return SigningKey(held);
}

Result<void> SigningKey::save(const std::filesystem::path& pem) const {
  const Fd fd(::open(pem.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!fd) return fail(Errc::storage, "signing key: " + pem.string() + ": " + std::strerror(errno));
  const Bio file(BIO_new_fd(fd.get(), BIO_NOCLOSE), &BIO_free);
  const bool written =
      PEM_write_bio_PKCS8PrivateKey(file.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1;
  if (!written || ::fsync(fd.get()) != 0) return fail(Errc::storage, "signing key: cannot be written");
  return {};
}

std::string SigningKey::public_pem() const {
  const Bio memory(BIO_new(BIO_s_mem()), &BIO_free);
  PEM_write_bio_PUBKEY(memory.get(), key_.get());
  char* text = nullptr;
  const auto length = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(length)};
}

Bytes SigningKey::public_key() const {
  Bytes raw(32);
  std::size_t length = raw.size();
  EVP_PKEY_get_raw_public_key(key_.get(), raw.data(), &length);
  return raw;
}

std::string SigningKey::id() const {
  const auto raw = public_key();
  std::array<std::uint8_t, 32> digest{};
  EVP_Digest(raw.data(), raw.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
  return to_hex(digest).substr(0, 16);
}

Result<Bytes> SigningKey::sign(BytesView message) const {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  Bytes signature(64);
  auto length = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context.get(), signature.data(), &length, message.data(), message.size()) != 1) {
    return fail(Errc::internal, "signing key: OpenSSL did not sign");
  }
  return signature;
}

}  // namespace kiosk::records
