#pragma once
// The kiosk's own Ed25519 key, with which it signs the heads of its audit trail.

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "hal/base/bytes.hpp"
#include "hal/base/personal.hpp"

struct evp_pkey_st;

namespace kiosk::records {

class SigningKey {
 public:
  /// A new key.
  static Result<SigningKey> generate();

  /// Reads a private key (PKCS#8 PEM). `not_present` no such file · `malformed` not an Ed25519 key.
  static Result<SigningKey> load(const std::filesystem::path& pem);

  /// Writes the private key for its owner alone (mode 0600); never over a file that is there. `storage`.
  Result<void> save(const std::filesystem::path& pem) const;

  /// For the verifier (SubjectPublicKeyInfo PEM).
  std::string public_pem() const;

  /// The 32 bytes of the public key (RFC 8032).
  Bytes public_key() const;

  /// The first 16 hexadecimal digits of the SHA-256 of the public key: names it in signatures.
  std::string id() const;

  /// 64 bytes.
  Result<Bytes> sign(BytesView message) const;

 private:
  explicit SigningKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  std::shared_ptr<evp_pkey_st> key_;  // freed, and with that wiped, by the last owner
};

}  // namespace kiosk::records
