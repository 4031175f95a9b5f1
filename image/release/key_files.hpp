#pragma once
// Keys in files: the secret one for its holder alone, the public one for whoever writes the root.

#include <filesystem>

#include "firmware/records/signing_key.hpp"
#include "firmware/update/key.hpp"

namespace kiosk::release {

/// Makes an ed25519 key: `file` in PEM, mode 0600, and `file`.pub, a KEY object in JSON. Never over files
/// that are there. `storage`. Answers the key's id.
Result<std::string> make_key(const std::filesystem::path& file);

/// `not_present`, `malformed`, `storage`.
Result<update::Key> read_public_key(const std::filesystem::path& file);

update::Key public_key(const records::SigningKey& key);

}  // namespace kiosk::release
