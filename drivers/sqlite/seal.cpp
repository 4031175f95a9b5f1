#include "drivers/sqlite/seal.hpp"

#include <memory>

#include <openssl/evp.h>

#include "hal/base/clock.hpp"

namespace kiosk::drivers {

namespace {

constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;

// Freeing the context wipes the key schedule in it.
using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const std::uint8_t* bytes_of(std::string_view text) {
  return as_bytes(text).data();
}

int size_of(std::size_t size) {
  return static_cast<int>(size);
}

}  // namespace

Result<Bytes> seal(const PersonalBytes& key, std::string_view place, const PersonalText& text) {
  const std::string& plain = text.reveal();  // to be sealed
  Bytes sealed(nonce_size + plain.size() + tag_size);
  SystemRandom().fill(std::span(sealed).first(nonce_size));

  const Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  int written = 0;
  auto* const out = sealed.data() + nonce_size;
  const bool done =
      EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.reveal().data(), sealed.data()) ==
          1 &&
      EVP_EncryptUpdate(context.get(), nullptr, &written, bytes_of(place), size_of(place.size())) == 1 &&
      EVP_EncryptUpdate(context.get(), out, &written, bytes_of(plain), size_of(plain.size())) == 1 &&
      EVP_EncryptFinal_ex(context.get(), out + plain.size(), &written) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_size, out + plain.size()) == 1;
  if (!done) return fail(Errc::internal, "seal: OpenSSL did not seal");
  return sealed;
}

Result<PersonalText> unseal(const PersonalBytes& key, std::string_view place, BytesView sealed) {
  if (sealed.size() < nonce_size + tag_size) return fail(Errc::storage, "seal: too short");
  const auto cipher = sealed.subspan(nonce_size, sealed.size() - nonce_size - tag_size);
  Bytes tag(sealed.end() - tag_size, sealed.end());
  std::string plain(cipher.size(), '\0');

  const Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  int written = 0;
  auto* const out = reinterpret_cast<std::uint8_t*>(plain.data());
  const bool opened =
      EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.reveal().data(), sealed.data()) ==
          1 &&
      EVP_DecryptUpdate(context.get(), nullptr, &written, bytes_of(place), size_of(place.size())) == 1 &&
      EVP_DecryptUpdate(context.get(), out, &written, cipher.data(), size_of(cipher.size())) == 1 &&
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_size, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(context.get(), out + plain.size(), &written) == 1;
  PersonalText text(std::move(plain));
  if (!opened) return fail(Errc::storage, "seal: does not open");
  return text;
}

}  // namespace kiosk::drivers
