#pragma once
// The code on a slip (一码通): opaque to everybody but the registry that signed it.

#include <optional>
#include <string>

#include "hal/base/bytes.hpp"
#include "hal/base/clock.hpp"

namespace kiosk::lobby {

/// "T1." + base64url(number|expiry) + "." + base64url(first 16 bytes of HMAC-SHA256). About 60 characters.
std::string make_slip_token(BytesView key, const std::string& acceptance_number, WallTime expires);

/// The acceptance number inside; nothing when the signature is not ours or the day has passed.
std::optional<std::string> read_slip_token(BytesView key, std::string_view token, WallTime now);

}  // namespace kiosk::lobby
