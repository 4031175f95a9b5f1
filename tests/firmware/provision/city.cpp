#include "tests/firmware/provision/city.hpp"

#include <memory>

#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "firmware/provision/cms.hpp"
#include "hal/base/bytes.hpp"
#include "hal/base/freed.hpp"
#include "tests/support/must.hpp"

namespace kiosk::provision {
namespace {

using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;

constexpr int a_day = 24 * 3600;

std::string content_of(const Bio& memory) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

template <class Write>
std::string pem(Write write) {
  const Bio out(BIO_new(BIO_s_mem()));
  write(out.get());
  return content_of(out);
}

void extend(X509* certificate, int kind, const char* value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

/// Issued by `by`, or by itself.
Pair issue(const std::string& name, const Pair* by, const char* usage, int good_from, int good_until) {
  const Key key(EVP_EC_gen("P-256"));
  const Certificate certificate(X509_new());
  X509* made = certificate.get();
  X509_set_version(made, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
  X509_gmtime_adj(X509_getm_notBefore(made), good_from);
  X509_gmtime_adj(X509_getm_notAfter(made), good_until);
  X509_set_pubkey(made, key.get());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_UTF8, as_bytes(name).data(), -1, -1,
                             0);
  extend(made, NID_basic_constraints, by == nullptr ? "critical,CA:TRUE" : "critical,CA:FALSE");
  extend(made, NID_key_usage, usage);
  const auto read = [](const std::string& text) {
    return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  };
  if (by == nullptr) {
    X509_set_issuer_name(made, X509_get_subject_name(made));
    X509_sign(made, key.get(), EVP_sha256());
  } else {
    const Certificate issuer(PEM_read_bio_X509(read(by->certificate).get(), nullptr, nullptr, nullptr));
    const Key secret(PEM_read_bio_PrivateKey(read(by->key).get(), nullptr, nullptr, nullptr));
    X509_set_issuer_name(made, X509_get_subject_name(issuer.get()));
    X509_sign(made, secret.get(), EVP_sha256());
  }
  return {.certificate = pem([&](BIO* out) { PEM_write_bio_X509(out, made); }),
          .key = pem([&](BIO* out) {
            PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
          })};
}

City make_city(const std::string& name) {
  City city;
  city.authority = issue(name, nullptr, "critical,keyCertSign", -a_day, a_day);
  city.signer = issue(name + " signer", &city.authority, "critical,digitalSignature", -a_day, a_day);
  city.escrow = issue(name + " escrow", &city.authority, "critical,keyAgreement", -a_day, a_day);
  return city;
}

}  // namespace

const City& City::ours() {
  static const City city = make_city("ours");
  return city;
}

const City& City::another() {
  static const City city = make_city("ours");  // by name alone nobody is believed
  return city;
}

Pair City::former_signer() const {
  return issue("former", &authority, "critical,digitalSignature", -2 * a_day, -a_day);
}

std::string City::file(const Content& content) const {
  return testing::must(sign(write_content(content), signer.certificate, signer.key));
}

Settings good_settings() {
  return {.head = {.machine = this_machine,
                   .expires = WallTime(std::chrono::sys_days(std::chrono::year(2026) / 9 / 1))},
          .sequence = 1,
          .escrow = City::ours().escrow.certificate,
          .files = {{"kiosk.toml", {.content = "[kiosk]\n"}},
                    {"technicians.toml", {.content = "[technician]\nbadge = \"T1\"\nrole = \"manager\"\n"}},
                    {"client.key", {.content = "a secret", .secret = true}},
                    {"usb.d/10-chassis.conf", {.content = "allow id 0627:0001\n"}}}};
}

std::string signed_by_nobody(std::string_view content) {
  // CMS_sign() finishes no file without a signer: the content takes the place of the empty one.
  const std::unique_ptr<CMS_ContentInfo, Freed<CMS_ContentInfo_free>> cms(
      CMS_sign(nullptr, nullptr, nullptr, nullptr, CMS_BINARY | CMS_PARTIAL));
  ASN1_OCTET_STRING** place = CMS_get0_content(cms.get());
  ASN1_OCTET_STRING_free(*place);
  *place = ASN1_OCTET_STRING_new();
  ASN1_OCTET_STRING_set(*place, as_bytes(content).data(), static_cast<int>(content.size()));
  const Bio out(BIO_new(BIO_s_mem()));
  i2d_CMS_bio(out.get(), cms.get());
  return content_of(out);
}

}  // namespace kiosk::provision
