#include "drivers/samv/layout.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

#include <fmt/format.h>

namespace kiosk::drivers::samv {
namespace {

constexpr std::size_t text_size = 256, photo_size = 1024, kind_offset = 248;

char16_t unit_at(BytesView bytes, std::size_t at) {
  return static_cast<char16_t>(bytes[at] | bytes[at + 1] << 8);
}

void append_utf8(std::string& text, char32_t c) {
  const auto put = [&text](char32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | c >> 6);
  } else {
    if (c < 0x10000) {
      put(0xE0 | c >> 12);
    } else {
      put(0xF0 | c >> 18);
      put(0x80 | (c >> 12 & 0x3F));
    }
    put(0x80 | (c >> 6 & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

bool is_padding(char16_t unit) {
  return unit == 0x0020 || unit == 0x0000 || unit == 0x3000;
}

/// UTF-8 of a UTF-16LE field without the padding at both ends. Half a surrogate pair becomes U+FFFD.
std::string text_of(BytesView field) {
  std::size_t from = 0, to = field.size();
  while (from < to && is_padding(unit_at(field, from))) from += 2;
  while (to > from && is_padding(unit_at(field, to - 2))) to -= 2;
  std::string text;
  text.reserve((to - from) / 2 * 3);  // a string that grows leaves copies behind
  for (std::size_t at = from; at < to; at += 2) {
    const char32_t unit = unit_at(field, at);
    const char32_t next = at + 2 < to ? unit_at(field, at + 2) : 0;
    if (unit >= 0xD800 && unit < 0xDC00 && next >= 0xDC00 && next < 0xE000) {
      append_utf8(text, 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00));
      at += 2;
    } else {
      append_utf8(text, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
    }
  }
  return text;
}

/// The text block by offset and size, as the specification lists it.
struct Block {
  BytesView bytes;

  PersonalText personal(std::size_t at, std::size_t size) const { return PersonalText(plain(at, size)); }
  std::string plain(std::size_t at, std::size_t size) const { return text_of(bytes.subspan(at, size)); }
  PersonalBytes raw(std::size_t at, std::size_t size) const {
    const BytesView field = bytes.subspan(at, size);
    return PersonalBytes(Bytes(field.begin(), field.end()));
  }
};

/// "01" on a card that says how often it was issued; a blank is none.
Result<int> count_at(const Block& block, std::size_t at) {
  const std::string digits = block.plain(at, 4);
  int count = 0;
  const auto end = digits.data() + digits.size();
  if (!digits.empty() && std::from_chars(digits.data(), end, count).ptr != end)
    return fail(Errc::malformed, "issue count is not a number");
  return count;
}

/// Resident cards, and permits, which fill two fields that a resident's card leaves blank.
Result<hal::IdCard> resident(const Block& block, hal::CardKind kind) {
  hal::IdCard card;
  card.kind = kind;
  card.name = block.personal(0, 30);
  card.raw_name = block.raw(0, 30);
  card.sex = block.personal(30, 2);
  card.birth_date = block.personal(36, 16);
  card.address = block.personal(52, 70);
  card.number = block.personal(122, 36);
  card.authority = block.personal(158, 30);
  card.valid_from = block.plain(188, 16);
  card.valid_to = block.plain(204, 16);
  if (kind == hal::CardKind::resident) {
    card.ethnic_group = block.personal(32, 4);
  } else {
    card.permit_number = block.personal(220, 18);
    card.issue_count = TRY(count_at(block, 238));
  }
  return card;
}

Result<hal::IdCard> foreign_2017(const Block& block) {
  hal::IdCard card;
  card.kind = hal::CardKind::foreign_permanent_2017;
  card.english_name = block.personal(0, 120);
  card.name = block.personal(158, 30);
  card.raw_name = block.raw(158, 30);
  if (card.name.empty()) {
    card.name = card.english_name;
    card.raw_name = block.raw(0, 120);
  }
  card.sex = block.personal(120, 2);
  card.number = block.personal(122, 30);
  card.nationality = block.personal(152, 6);
  card.valid_from = block.plain(188, 16);
  card.valid_to = block.plain(204, 16);
  card.birth_date = block.personal(220, 16);
  card.authority = block.personal(240, 8);
  return card;
}

Result<hal::IdCard> foreign_2023(const Block& block) {
  hal::IdCard card;
  card.kind = hal::CardKind::foreign_permanent_2023;
  const PersonalBytes first = block.raw(52, 70), rest = block.raw(220, 22);
  Bytes english;
  english.reserve(92);
  english.insert(english.end(), first.reveal().begin(), first.reveal().end());
  english.insert(english.end(), rest.reveal().begin(), rest.reveal().end());
  card.english_name = PersonalText(text_of(english));
  wipe(english);
  card.name = block.personal(0, 30);
  card.raw_name = block.raw(0, 30);
  if (card.name.empty()) card.name = card.english_name;
  card.sex = block.personal(30, 2);
  card.issue_count = TRY(count_at(block, 32));
  card.birth_date = block.personal(36, 16);
  card.number = block.personal(122, 36);
  card.valid_from = block.plain(188, 16);
  card.valid_to = block.plain(204, 16);
  card.nationality = block.personal(242, 6);
  return card;
}

Result<hal::IdCard> by_kind(const Block& block) {
  switch (unit_at(block.bytes, kind_offset)) {
    case u' ':
    case u'\0':
      return resident(block, hal::CardKind::resident);
    case u'J':
      return resident(block, hal::CardKind::hk_mo_tw_permit);
    case u'I':
      return foreign_2017(block);
    case u'Y':
      return foreign_2023(block);
    default:
      return fail(Errc::refused, "a kind of card that this kiosk does not know");
  }
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_date(std::string_view text) {
  if (text.size() != 8 || !std::ranges::all_of(text, is_digit)) return false;
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  const std::chrono::year_month_day date(std::chrono::year(number / 10000),
                                         std::chrono::month(static_cast<unsigned>(number / 100 % 100)),
                                         std::chrono::day(static_cast<unsigned>(number % 100)));
  return date.ok() && number / 10000 >= 1850;
}

/// The checks a card carries in itself. Whether it has expired is the service's question: that needs a clock.
Result<void> check(const hal::IdCard& card) {
  const std::string& number = card.number.reveal();
  const std::string& birth = card.birth_date.reveal();
  if (card.name.empty()) return fail(Errc::malformed, "no name");
  if (!is_date(birth)) return fail(Errc::malformed, "birth date is no date");
  if (!is_date(card.valid_from)) return fail(Errc::malformed, "valid-from is no date");
  if (!is_date(card.valid_to) && card.valid_to != "长期") return fail(Errc::malformed, "valid-to is no date");
  if (card.kind == hal::CardKind::foreign_permanent_2017) {
    if (number.size() != 15) return fail(Errc::malformed, "number has not 15 characters");
    return {};
  }
  if (!number_holds(number)) return fail(Errc::malformed, "check digit of the number does not hold");
  if (std::string_view(number).substr(6, 8) != birth)
    return fail(Errc::malformed, "birth date and number contradict each other");
  if (card.kind == hal::CardKind::foreign_permanent_2023 && number[0] != '9')
    return fail(Errc::malformed, "number does not begin with 9");
  return {};
}

std::uint32_t little_endian(BytesView bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | bytes[i];
  return value;
}

}  // namespace

Result<hal::IdCard> parse_card(BytesView data) {
  if (data.size() != 4 + text_size + photo_size)
    return fail(Errc::malformed, fmt::format("{} bytes", data.size()));
  if ((data[0] << 8 | data[1]) != text_size || (data[2] << 8 | data[3]) != photo_size)
    return fail(Errc::malformed, "lengths of text and photo");
  auto card = TRY(by_kind(Block{data.subspan(4, text_size)}));
  const BytesView photo = data.last(photo_size);
  card.photo = PersonalBytes(Bytes(photo.begin(), photo.end()));
  TRY(check(card));
  return card;
}

Result<std::string> parse_sam_id(BytesView data) {
  if (data.size() != 16) return fail(Errc::malformed, fmt::format("SAM id of {} bytes", data.size()));
  return fmt::format("{:02}.{:02}-{:08}-{:010}-{:010}", little_endian(data.first(2)),
                     little_endian(data.subspan(2, 2)), little_endian(data.subspan(4, 4)),
                     little_endian(data.subspan(8, 4)), little_endian(data.subspan(12, 4)));
}

bool number_holds(std::string_view number) {
  if (number.size() != 18 || !std::ranges::all_of(number.substr(0, 17), is_digit)) return false;
  int rest = 0;  // weights are powers of two modulo 11, so doubling as we go gives the same sum
  for (const char digit : number.substr(0, 17)) rest = (rest + (digit - '0')) * 2 % 11;
  return number[17] == "10X98765432"[rest];
}

}  // namespace kiosk::drivers::samv
