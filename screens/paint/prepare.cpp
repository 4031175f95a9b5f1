#include "screens/paint/prepare.hpp"

#include <cstdint>

namespace kiosk::paint {
namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr char32_t zero_width_space = 0x200B;  // a line may end here
constexpr char32_t word_joiner = 0x2060;       // no line ends here

char32_t take(std::string_view& text) {
  const auto first = static_cast<std::uint8_t>(text.front());
  text.remove_prefix(1);
  if (first < 0x80) return first;
  const int more = first >= 0xF0 && first < 0xF5   ? 3
                   : first >= 0xE0 && first < 0xF0 ? 2
                   : first >= 0xC2 && first < 0xE0 ? 1
                                                   : 0;
  if (more == 0 || text.size() < static_cast<std::size_t>(more)) return replacement;
  char32_t code = first & (0x3Fu >> more);
  for (int i = 0; i < more; ++i) {
    const auto next = static_cast<std::uint8_t>(text[static_cast<std::size_t>(i)]);
    if ((next & 0xC0) != 0x80) return replacement;
    code = (code << 6) | (next & 0x3Fu);
  }
  constexpr char32_t smallest[] = {0, 0x80, 0x800, 0x10000};
  if (code < smallest[more] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return replacement;
  text.remove_prefix(static_cast<std::size_t>(more));
  return code;
}

std::u32string decode(std::string_view text) {
  std::u32string codes;
  codes.reserve(text.size());
  while (!text.empty()) codes += take(text);
  return codes;
}

void put(std::string& text, char32_t code) {
  const auto byte = [&text](char32_t value) { text += static_cast<char>(static_cast<std::uint8_t>(value)); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xC0 | (code >> 6));
  } else {
    if (code < 0x10000) {
      byte(0xE0 | (code >> 12));
    } else {
      byte(0xF0 | (code >> 18));
      byte(0x80 | ((code >> 12) & 0x3F));
    }
    byte(0x80 | ((code >> 6) & 0x3F));
  }
  byte(0x80 | (code & 0x3F));
}

bool among(char32_t code, std::u32string_view set) {
  return code != 0 && set.find(code) != set.npos;
}

bool is_quote(char32_t code) {
  return among(code, U"“”‘’");
}
bool opens(char32_t code) {
  return among(code, U"“‘（《「『【〈〔［｛");
}
bool closes(char32_t code) {
  return among(code, U"”’）》」』】〉〕］｝，。、；：！？");
}
bool is_digit(char32_t code) {
  return code >= U'0' && code <= U'9';
}
bool is_latin(char32_t code) {
  return is_digit(code) || (code >= U'A' && code <= U'Z') || (code >= U'a' && code <= U'z') ||
         (code >= 0xC0 && code < 0x250);
}
/// Ideographs and full-width signs: characters that carry a line break on either side.
bool is_wide(char32_t code) {
  return (code >= 0x2E80 && code < 0xA000) || (code >= 0xF900 && code < 0xFB00) ||
         (code >= 0xFF00 && code < 0xFFE7) || (code >= 0x20000 && code < 0x40000);
}

/// Where web addresses stand: a line may end inside them only where it reads well.
std::vector<bool> addresses(const std::u32string& codes) {
  std::vector<bool> inside(codes.size(), false);
  for (const std::u32string_view start : {U"http://", U"https://", U"www."}) {
    for (auto at = codes.find(start); at != codes.npos; at = codes.find(start, at + 1)) {
      for (auto i = at; i < codes.size() && codes[i] > U' ' && codes[i] < 0x7F; ++i) inside[i] = true;
    }
  }
  return inside;
}

/// A quote of a Latin sentence: nothing wide beside it.
bool is_narrow_quote(char32_t before, char32_t code, char32_t after) {
  return is_quote(code) && !is_wide(before) && !is_wide(after) && !closes(before) && !opens(after) &&
         (is_latin(before) || is_latin(after));
}

}  // namespace

Prepared prepare(std::string_view text) {
  auto codes = decode(text);
  auto in_address = addresses(codes);
  Prepared out;
  out.text.reserve(text.size() + 16);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const char32_t before = i > 0 ? codes[i - 1] : 0;
    const char32_t code = codes[i];
    const char32_t after = i + 1 < codes.size() ? codes[i + 1] : 0;
    const bool narrow = is_narrow_quote(before, code, after);

    if (!narrow && among(code, U"“‘") && (is_wide(before) || is_latin(before)) && !opens(before))
      put(out.text, zero_width_space);
    const auto begin = out.text.size();
    put(out.text, code);
    const auto place = [&](Prepared::Form form) { out.places.push_back({begin, out.text.size(), form}); };
    if (narrow) {
      place(Prepared::Form::proportional);
    } else if ((closes(code) && (closes(after) || opens(after))) || (opens(code) && opens(before))) {
      place(Prepared::Form::half);
    }
    if (!narrow && among(code, U"”’") && (is_wide(after) || is_latin(after)) && !closes(after) &&
        !opens(after)) {
      put(out.text, zero_width_space);
    }
    if (code == U'-' && (is_digit(before) || is_digit(after)) && is_latin(before) && is_latin(after))
      put(out.text, word_joiner);
    if (in_address[i] && among(code, U"/.") && before != U'/' && is_latin(after))
      put(out.text, zero_width_space);
  }
  codes.assign(codes.size(), U'\0');  // may be a citizen's words
  return out;
}

}  // namespace kiosk::paint
