#pragma once
// Bytes on a wire and in a file.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hal/base/result.hpp"

namespace kiosk {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;

/// The bytes of a text, as they are (no terminator).
inline BytesView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

inline std::string_view as_text(BytesView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Lower-case hexadecimal without separators.
std::string to_hex(BytesView bytes);

/// The reverse; either case, blanks and line ends ignored. `malformed` for anything else.
Result<Bytes> from_hex(std::string_view text);

}  // namespace kiosk
