#include "firmware/update/key.hpp"

#include <memory>

#include <openssl/evp.h>

#include "firmware/update/hashes.hpp"

namespace kiosk::update {
namespace {

bool is_text(const Json& object, const char* name) {
  return object.contains(name) && object[name].is_string();
}

}  // namespace

bool Key::signed_this(std::string_view message, BytesView signature) const {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw.data(), raw.size()), &EVP_PKEY_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (!key || EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1) return false;
  const auto bytes = as_bytes(message);
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), bytes.data(), bytes.size()) == 1;
}

Result<Key> read_key(const Json& object) {
  if (!object.is_object() || !is_text(object, "keytype") || !is_text(object, "scheme") ||
      !object.contains("keyval") || !object["keyval"].is_object()) {
    return fail(Errc::malformed, "a key without keytype, scheme and keyval");
  }
  if (object["keytype"] != "ed25519" || object["scheme"] != "ed25519" ||
      !is_text(object["keyval"], "public")) {
    return fail(Errc::refused, "a key of another kind");
  }
  auto raw = from_hex(object["keyval"]["public"].get_ref<const std::string&>());
  if (!raw || raw->size() != 32) return fail(Errc::refused, "a key that is not 32 bytes");
  return Key{*std::move(raw)};
}

Json key_object(const Key& key) {
  return {{"keytype", "ed25519"}, {"scheme", "ed25519"}, {"keyval", {{"public", to_hex(key.raw)}}}};
}

bool is_key_id(std::string_view id, const Json& object) {
  if (id == sha256_hex(canonical(object))) return true;
  const Json known{
      {"keytype", object["keytype"]}, {"scheme", object["scheme"]}, {"keyval", object["keyval"]}};
  return id == sha256_hex(canonical(known));
}

std::string key_id(const Key& key) {
  return sha256_hex(canonical(key_object(key)));
}

}  // namespace kiosk::update
