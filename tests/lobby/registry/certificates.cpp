#include "tests/lobby/registry/certificates.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>

#include "hal/base/bytes.hpp"
#include "hal/base/clock.hpp"
#include "hal/base/freed.hpp"

namespace kiosk::lobby {
namespace {

using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using File = std::unique_ptr<std::FILE, Freed<std::fclose>>;

struct Pair {
  Key key;
  Certificate certificate;
};

void extend(X509* certificate, X509* issuer, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  if (X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value)) {
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
  }
}

Pair issue(const std::string& name, const Pair* issuer, const char* purpose, const char* addresses) {
  Pair pair{Key(EVP_EC_gen("P-256")), Certificate(X509_new())};
  X509* certificate = pair.certificate.get();
  Bytes serial(8);
  SystemRandom().fill(serial);
  serial[0] &= 0x7f;
  X509_set_version(certificate, 2);
  BIGNUM* number = BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr);
  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
  BN_free(number);
  X509_time_adj_ex(X509_getm_notBefore(certificate), -365, 0, nullptr);  // for clocks that are behind
  X509_time_adj_ex(X509_getm_notAfter(certificate), 3650, 0, nullptr);
  X509_set_pubkey(certificate, pair.key.get());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, as_bytes(name).data(),
                             -1, -1, 0);
  X509* by = issuer != nullptr ? issuer->certificate.get() : certificate;
  X509_set_issuer_name(certificate, X509_get_subject_name(by));
  extend(certificate, by, NID_basic_constraints,
         issuer == nullptr ? "critical,CA:TRUE" : "critical,CA:FALSE");
  extend(certificate, by, NID_subject_key_identifier, "hash");
  if (issuer != nullptr) extend(certificate, by, NID_authority_key_identifier, "keyid");
  if (purpose != nullptr) extend(certificate, by, NID_ext_key_usage, purpose);
  if (addresses != nullptr) extend(certificate, by, NID_subject_alt_name, addresses);
  X509_sign(certificate, issuer != nullptr ? issuer->key.get() : pair.key.get(), EVP_sha256());
  return pair;
}

Result<void> write(const std::string& path, const Pair* certificate, const Pair* key) {
  const File file(std::fopen(path.c_str(), "w"));
  if (!file) return fail(Errc::storage, "cannot write " + path);
  std::filesystem::permissions(path,
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  const bool written =
      certificate != nullptr
          ? PEM_write_X509(file.get(), certificate->certificate.get()) == 1
          : PEM_write_PrivateKey(file.get(), key->key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1;
  if (!written) return fail(Errc::storage, "cannot write " + path);
  return {};
}

std::string pin_of(const Pair& pair) {
  Bytes der(static_cast<std::size_t>(i2d_PUBKEY(pair.key.get(), nullptr)));
  unsigned char* end = der.data();
  i2d_PUBKEY(pair.key.get(), &end);
  Bytes digest(SHA256_DIGEST_LENGTH);
  SHA256(der.data(), der.size(), digest.data());
  std::string text(64, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), digest.data(), SHA256_DIGEST_LENGTH);
  text.resize(static_cast<std::size_t>(size));
  return "sha256//" + text;
}

}  // namespace

Result<Certificates> make_certificates(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(Errc::storage, "cannot make " + folder);
  Certificates files{.ca_file = folder + "/ca.pem",
                     .server_file = folder + "/server.pem",
                     .server_key_file = folder + "/server.key",
                     .client_file = folder + "/client.pem",
                     .client_key_file = folder + "/client.key"};
  const auto pin_file = folder + "/spki.txt";
  if (std::ifstream(pin_file) >> files.spki_pin) return files;
  const Pair ca = issue("Registration lobby test authority", nullptr, nullptr, nullptr);
  const Pair server = issue("registry.lobby", &ca, "serverAuth", "DNS:localhost,IP:127.0.0.1,IP:10.0.2.2");
  const Pair client = issue("kiosk-0001", &ca, "clientAuth", nullptr);
  files.spki_pin = pin_of(server);
  TRY(write(files.ca_file, &ca, nullptr));
  TRY(write(files.server_file, &server, nullptr));
  TRY(write(files.server_key_file, nullptr, &server));
  TRY(write(files.client_file, &client, nullptr));
  TRY(write(files.client_key_file, nullptr, &client));
  std::ofstream(pin_file) << files.spki_pin << "\n";
  return files;
}

}  // namespace kiosk::lobby
