#pragma once
// Sealing a citizen's data for the disk: AES-256-GCM, bound to its place.

#include <string_view>

#include "hal/base/bytes.hpp"
#include "hal/base/personal.hpp"

namespace kiosk::drivers {

inline constexpr std::size_t seal_key_size = 32;

/// nonce (12, random) · ciphertext · tag (16). `place` is authenticated, not stored: the result opens nowhere
/// else. A random nonce is safe for 2^32 seals with one key (NIST SP 800-38D, 8.3), some thousand years of a
/// kiosk.
Result<Bytes> seal(const PersonalBytes& key, std::string_view place, const PersonalText& text);

/// `storage`: another key, another place, or bytes that were changed.
Result<PersonalText> unseal(const PersonalBytes& key, std::string_view place, BytesView sealed);

}  // namespace kiosk::drivers
