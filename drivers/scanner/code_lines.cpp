#include "drivers/scanner/code_lines.hpp"

#include <utility>

namespace kiosk::drivers::scanner {

std::optional<Result<PersonalText>> CodeLines::feed(std::uint8_t byte) {
  if (byte != '\r' && byte != '\n') {
    if (line_.size() == longest_code) too_long_ = true;
    // Never beyond its room: a string that grows leaves copies of a citizen's code behind.
    if (!dropping_ && !too_long_) line_.push_back(static_cast<char>(byte));
    return std::nullopt;
  }
  const bool is_code = !dropping_ && !line_.empty();
  std::optional<Result<PersonalText>> code;
  if (is_code && too_long_) {
    code = fail(Errc::malformed, "a code of more than 1024 bytes");
  } else if (is_code && !is_utf8(line_)) {
    code = fail(Errc::malformed, "a code that is not UTF-8");
  } else if (is_code) {
    code = PersonalText(std::string(line_));
  }
  reset();
  return code;
}

void CodeLines::forget_begun() {
  const bool begun_now = begun();
  reset();
  dropping_ = begun_now;
}

void CodeLines::reset() {
  wipe(line_);
  too_long_ = dropping_ = false;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
    if (size == 0 || at + size > text.size()) return false;
    char32_t c = size == 1 ? lead : lead & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
      const auto next = static_cast<unsigned char>(text[at + i]);
      if ((next & 0xC0) != 0x80) return false;
      c = c << 6 | (next & 0x3F);
    }
    if ((size == 3 && c < 0x800) || (size == 4 && (c < 0x10000 || c > 0x10FFFF)) ||
        (c >= 0xD800 && c < 0xE000))
      return false;
    at += size;
  }
  return true;
}

}  // namespace kiosk::drivers::scanner
