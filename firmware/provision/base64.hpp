#pragma once
// Bytes as JSON carries them (RFC 4648, section 4).

#include <string>
#include <string_view>

#include "hal/base/result.hpp"

namespace kiosk::provision {

std::string to_base64(std::string_view bytes);

/// `malformed` for all but what to_base64() writes: no line ends, no blanks, whole padding.
Result<std::string> from_base64(std::string_view text);

}  // namespace kiosk::provision
