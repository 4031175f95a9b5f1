#include "firmware/provision/cms.hpp"

#include <memory>

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "hal/base/freed.hpp"

namespace kiosk::provision {
namespace {

using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Cms = std::unique_ptr<CMS_ContentInfo, Freed<CMS_ContentInfo_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Store = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;

/// The library's own words for what it refused last.
std::unexpected<Error> failed(Errc code, const std::string& what) {
  const char* reason = ::ERR_reason_error_string(::ERR_peek_last_error());
  ::ERR_clear_error();
  return fail(code, reason == nullptr ? what : what + ": " + reason);
}

/// `text` must outlive it.
Bio reading(std::string_view text) {
  return Bio(::BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string content_of(const Bio& memory) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

Result<Certificate> read_certificate(const std::string& pem) {
  Certificate certificate(::PEM_read_bio_X509(reading(pem).get(), nullptr, nullptr, nullptr));
  if (!certificate) return failed(Errc::malformed, "no certificate");
  return certificate;
}

/// Asks nobody for a pass phrase.
Result<Key> read_key(const std::string& pem) {
  char none[] = "";
  Key key(::PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, nullptr, none));
  if (!key) return failed(Errc::malformed, "no key that can be read without a pass phrase");
  return key;
}

/// The whole of the file, and nothing behind it.
Result<Cms> read_cms(std::string_view der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const auto* end = at + der.size();
  Cms cms(::d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
  if (!cms || at != end) return failed(Errc::malformed, "no whole CMS file");
  return cms;
}

Result<std::string> write_cms(const Cms& cms) {
  const Bio out(::BIO_new(BIO_s_mem()));
  if (::i2d_CMS_bio(out.get(), cms.get()) != 1) return failed(Errc::internal, "CMS");
  return content_of(out);
}

}  // namespace

Result<std::string> signed_content(std::string_view cms, const std::string& authorities) {
  const auto file = TRY(read_cms(cms));
  if (::OBJ_obj2nid(::CMS_get0_type(file.get())) != NID_pkcs7_signed)
    return fail(Errc::malformed, "not a signed file");
  const Store store(::X509_STORE_new());
  const auto pem = reading(authorities);
  int count = 0;
  while (true) {
    const Certificate authority(::PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr));
    if (!authority) break;
    count += ::X509_STORE_add_cert(store.get(), authority.get());
  }
  ::ERR_clear_error();  // of the end of that file
  if (count == 0) return fail(Errc::malformed, "no certificate of an authority");
  const Bio out(::BIO_new(BIO_s_mem()));
  if (::CMS_verify(file.get(), nullptr, store.get(), nullptr, out.get(), CMS_BINARY) != 1)
    return failed(Errc::refused, "signature");
  return content_of(out);
}

Result<std::string> sign(std::string_view content, const std::string& certificate, const std::string& key) {
  const auto signer = TRY(read_certificate(certificate));
  const auto secret = TRY(read_key(key));
  constexpr unsigned flags = CMS_BINARY | CMS_NOSMIMECAP;
  const Cms cms(::CMS_sign(signer.get(), secret.get(), nullptr, reading(content).get(), flags));
  if (!cms) return failed(Errc::malformed, "certificate and key");
  return write_cms(cms);
}

Result<std::string> encrypt(std::string_view content, const std::string& certificate) {
  const auto receiver = TRY(read_certificate(certificate));
  const std::unique_ptr<STACK_OF(X509), Freed<[](STACK_OF(X509) * list) { sk_X509_free(list); }>> receivers(
      sk_X509_new_null());
  sk_X509_push(receivers.get(), receiver.get());
  const Cms cms(::CMS_encrypt(receivers.get(), reading(content).get(), ::EVP_aes_256_gcm(), CMS_BINARY));
  if (!cms) return failed(Errc::malformed, "certificate");
  return write_cms(cms);
}

Result<std::string> decrypt(std::string_view cms, const std::string& certificate, const std::string& key) {
  const auto file = TRY(read_cms(cms));
  const auto receiver = TRY(read_certificate(certificate));
  const auto secret = TRY(read_key(key));
  const Bio out(::BIO_new(BIO_s_mem()));
  if (::CMS_decrypt(file.get(), secret.get(), receiver.get(), nullptr, out.get(), CMS_BINARY) != 1)
    return failed(Errc::refused, "encrypted for another key");
  return content_of(out);
}

}  // namespace kiosk::provision
