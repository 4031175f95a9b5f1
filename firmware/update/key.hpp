#pragma once
// A public key as metadata name it.

#include <string>

#include "firmware/update/json.hpp"
#include "hal/base/bytes.hpp"

namespace kiosk::update {

/// An ed25519 key (RFC 8032): the one kind that counts here. TUF 1.0 leaves the kinds to the application.
struct Key {
  Bytes raw;  ///< 32 bytes

  /// Whether `signature` (64 bytes; any other length is none) is this key's over `message`.
  bool signed_this(std::string_view message, BytesView signature) const;

  bool operator==(const Key&) const = default;
};

/// The key behind a KEY object of TUF 1.0 section 4.2. `malformed`: no object with the three members ·
/// `refused`: another kind or scheme than ed25519, or no 32 bytes. Members that we do not know are passed
/// over.
Result<Key> read_key(const Json& object);

/// The KEY object of an ed25519 key.
Json key_object(const Key& key);

/// Whether `id` is that of a KEY object: the SHA-256 of its canonical form. Metadata in the field have ids
/// made with and without members beyond keytype, scheme and keyval, so both are taken; nothing rests on the
/// id but finding the key.
bool is_key_id(std::string_view id, const Json& object);

/// The id of an ed25519 key: 64 hexadecimal digits.
std::string key_id(const Key& key);

}  // namespace kiosk::update
