#include "firmware/domain/characters.hpp"

namespace kiosk::domain {

namespace {

std::size_t length_said_by(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 1;  // a stray byte
}

std::size_t length_at(std::string_view text) {
  const auto length = length_said_by(static_cast<unsigned char>(text[0]));
  if (length > text.size()) return 1;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) return 1;
  }
  return length;
}

char32_t value_of(std::string_view three_bytes) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(three_bytes[i]); };
  return (static_cast<char32_t>(at(0) & 0x0FU) << 12U) | (static_cast<char32_t>(at(1) & 0x3FU) << 6U) |
         (at(2) & 0x3FU);
}

}  // namespace

std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto length = length_at(text);
    parts.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return parts;
}

std::string half_width(std::string_view text) {
  std::string narrow;
  narrow.reserve(text.size());
  for (const auto character : characters(text)) {
    const auto value = character.size() == 3 ? value_of(character) : 0;
    if (value == 0x3000) {
      narrow += ' ';
    } else if (value >= 0xFF01 && value <= 0xFF5E) {
      narrow += static_cast<char>(value - 0xFF01 + '!');
    } else {
      narrow += character;
    }
  }
  return narrow;
}

std::string group_in_fours(std::string_view number) {
  std::string shown;
  std::size_t count = 0;
  for (const auto character : characters(number)) {
    if (character == " ") continue;
    if (count != 0 && count % 4 == 0) shown += ' ';
    shown += character;
    ++count;
  }
  return shown;
}

}  // namespace kiosk::domain
