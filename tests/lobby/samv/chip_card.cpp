#include "tests/lobby/samv/chip_card.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <fmt/format.h>

namespace kiosk::lobby {
namespace {

using hal::CardKind;

std::u16string to_utf16(std::string_view utf8) {
  std::u16string units;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t c = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length && at + i < utf8.size(); ++i)
      c = c << 6 | (static_cast<unsigned char>(utf8[at + i]) & 0x3F);
    at += length;
    if (c >= 0x10000) {
      units.push_back(static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10)));
      c = 0xDC00 + ((c - 0x10000) & 0x3FF);
    }
    units.push_back(static_cast<char16_t>(c));
  }
  return units;
}

/// A text block being filled: 256 bytes of blanks.
struct Block {
  Block() : bytes(utf16_field("", 128)) {}

  void put(std::size_t at, std::size_t size, std::string_view text) {
    std::ranges::copy(utf16_field(text, size / 2), bytes.begin() + static_cast<std::ptrdiff_t>(at));
  }

  Bytes bytes;
};

char16_t letter_of(const ChipCard& card) {
  if (card.letter != 0) return card.letter;
  switch (card.kind) {
    case CardKind::resident:
      return u' ';
    case CardKind::hk_mo_tw_permit:
      return u'J';
    case CardKind::foreign_permanent_2017:
      return u'I';
    case CardKind::foreign_permanent_2023:
      return u'Y';
  }
  return u' ';
}

void put_resident(Block& block, const ChipCard& card) {
  block.put(0, 30, card.name);
  block.put(30, 2, card.sex);
  block.put(36, 16, card.birth_date);
  block.put(52, 70, card.address);
  block.put(122, 36, card.number);
  block.put(158, 30, card.authority);
  if (card.kind == CardKind::resident) {
    block.put(32, 4, card.ethnic_group);
  } else {
    block.put(220, 18, card.permit_number);
    block.put(238, 4, fmt::format("{:02}", card.issue_count));
  }
}

void put_foreign_2017(Block& block, const ChipCard& card) {
  block.put(0, 120, card.english_name);
  block.put(120, 2, card.sex);
  block.put(122, 30, card.number);
  block.put(152, 6, card.nationality);
  block.put(158, 30, card.name);
  block.put(220, 16, card.birth_date);
  block.put(236, 4, "01");
  block.put(240, 8, card.authority);
}

void put_foreign_2023(Block& block, const ChipCard& card) {
  block.put(0, 30, card.name);
  block.put(30, 2, card.sex);
  block.put(32, 4, fmt::format("{:02}", card.issue_count));
  block.put(36, 16, card.birth_date);
  block.put(52, 70, std::string_view(card.english_name).substr(0, 35));
  if (card.english_name.size() > 35) block.put(220, 22, std::string_view(card.english_name).substr(35));
  block.put(122, 36, card.number);
  block.put(242, 6, card.nationality);
}

}  // namespace

Bytes utf16_field(std::string_view utf8, std::size_t units) {
  std::u16string text = to_utf16(utf8);
  text.resize(units, u' ');
  Bytes bytes;
  for (const char16_t unit : text) {
    bytes.push_back(static_cast<std::uint8_t>(unit & 0xFF));
    bytes.push_back(static_cast<std::uint8_t>(unit >> 8));
  }
  return bytes;
}

Bytes text_block(const ChipCard& card) {
  Block block;
  switch (card.kind) {
    case CardKind::resident:
    case CardKind::hk_mo_tw_permit:
      put_resident(block, card);
      break;
    case CardKind::foreign_permanent_2017:
      put_foreign_2017(block, card);
      break;
    case CardKind::foreign_permanent_2023:
      put_foreign_2023(block, card);
      break;
  }
  block.put(188, 16, card.valid_from);
  block.put(204, 16, card.valid_to);
  block.bytes[248] = static_cast<std::uint8_t>(letter_of(card) & 0xFF);
  block.bytes[249] = static_cast<std::uint8_t>(letter_of(card) >> 8);
  return block.bytes;
}

Bytes read_data(const ChipCard& card) {
  Bytes data{0x01, 0x00, 0x04, 0x00};
  const Bytes text = text_block(card);
  data.insert(data.end(), text.begin(), text.end());
  for (int i = 0; i < 1024; ++i) data.push_back(static_cast<std::uint8_t>(i & 0xFF));
  return data;
}

hal::IdCard as_id_card(const ChipCard& card) {
  const bool foreign =
      card.kind == CardKind::foreign_permanent_2017 || card.kind == CardKind::foreign_permanent_2023;
  const auto only = [](bool there, const std::string& text) {
    return PersonalText(there ? text : std::string());
  };
  hal::IdCard read;
  read.kind = card.kind;
  read.name = PersonalText(card.name);
  read.english_name = only(foreign, card.english_name);
  read.number = PersonalText(card.number);
  read.sex = PersonalText(card.sex);
  read.ethnic_group = only(card.kind == CardKind::resident, card.ethnic_group);
  read.birth_date = PersonalText(card.birth_date);
  read.address = only(!foreign, card.address);
  read.authority = only(card.kind != CardKind::foreign_permanent_2023, card.authority);
  read.nationality = only(foreign, card.nationality);
  read.permit_number = only(card.kind == CardKind::hk_mo_tw_permit, card.permit_number);
  read.valid_from = card.valid_from;
  read.valid_to = card.valid_to;
  const bool counted =
      card.kind == CardKind::hk_mo_tw_permit || card.kind == CardKind::foreign_permanent_2023;
  read.issue_count = counted ? card.issue_count : 0;
  read.raw_name = PersonalBytes(utf16_field(card.name, 15));
  const Bytes data = read_data(card);
  read.photo = PersonalBytes(Bytes(data.end() - 1024, data.end()));
  return read;
}

char check_digit(std::string_view seventeen) {
  constexpr std::array weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size() && i < seventeen.size(); ++i)
    sum += weights[i] * (seventeen[i] - '0');
  return "10X98765432"[sum % 11];
}

ChipCard resident(std::string name, std::string_view region, std::string_view birth,
                  std::string_view sequence) {
  ChipCard card;
  card.name = std::move(name);
  card.number = fmt::format("{}{}{}", region, birth, sequence);
  card.number += check_digit(card.number);
  card.birth_date = std::string(birth);
  card.sex = (sequence.back() - '0') % 2 == 1 ? "1" : "2";
  return card;
}

ChipCard zhang_san() {
  return {};
}

ChipCard permit_holder() {
  ChipCard card;
  card.kind = CardKind::hk_mo_tw_permit;
  card.name = "陈小文";
  card.number = "810000199408230021";
  card.sex = "2";
  card.birth_date = "19940823";
  card.address = "北京市东城区示例街2号";
  card.authority = "北京市公安局";
  card.permit_number = "H12345678";
  card.valid_from = "20190101";
  card.valid_to = "20240101";
  return card;
}

ChipCard foreigner_2017() {
  ChipCard card;
  card.kind = CardKind::foreign_permanent_2017;
  card.name = "示例安";
  card.english_name = "EXAMPLE, ANNA MARIA";
  card.number = "DEU110081010150";
  card.sex = "2";
  card.birth_date = "19810101";
  card.authority = "1500";
  card.nationality = "DEU";
  card.valid_from = "20180601";
  card.valid_to = "20280531";
  return card;
}

ChipCard foreigner_2023() {
  ChipCard card;
  card.kind = CardKind::foreign_permanent_2023;
  card.name = "示例本";
  card.english_name = "EXAMPLE, BENJAMIN ALEXANDER CHRISTOPHER";  // longer than the first of its two fields
  card.number = "91112419810803002";
  card.number += check_digit(card.number);
  card.sex = "2";
  card.birth_date = "19810803";
  card.nationality = "FRA";
  card.valid_from = "20231201";
  card.valid_to = "20331130";
  return card;
}

}  // namespace kiosk::lobby
