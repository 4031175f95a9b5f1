#pragma once
// Identity cards of people who do not exist, as the chip holds them.

#include <string>

#include "hal/base/bytes.hpp"
#include "hal/id_reader.hpp"

namespace kiosk::lobby {

/// What is written on one card. Texts are UTF-8; what does not fit its field is cut off.
struct ChipCard {
  hal::CardKind kind = hal::CardKind::resident;
  std::string name = "张三";
  std::string english_name;
  std::string number = "11010519491231002X";
  std::string sex = "1";
  std::string ethnic_group = "01";
  std::string birth_date = "19491231";
  std::string address = "北京市朝阳区示例路1号";
  std::string authority = "北京市公安局朝阳分局";
  std::string nationality;
  std::string permit_number;
  std::string valid_from = "20200101";
  std::string valid_to = "长期";
  int issue_count = 1;
  std::string newest_address;  ///< empty: none was added later
  char16_t letter = 0;         ///< another kind letter than the kind's own, for cards of no known kind

  bool operator==(const ChipCard&) const = default;
};

/// The specification's two people, and one of each other kind.
ChipCard zhang_san();
ChipCard permit_holder();
ChipCard foreigner_2017();
ChipCard foreigner_2023();

/// A resident's card for anybody: region 6 digits, birth YYYYMMDD, sequence 3 digits (odd: male). The check
/// digit, the sex and the birth date come from the number.
ChipCard resident(std::string name, std::string_view region, std::string_view birth,
                  std::string_view sequence);

/// The eighteenth character of a number whose first seventeen digits are given.
char check_digit(std::string_view seventeen);

/// 256 bytes of text, and the data of a "read text and photo" answer: lengths, text, and a photo of bytes i &
/// 0xFF.
Bytes text_block(const ChipCard& card);
Bytes read_data(const ChipCard& card);

/// What a driver must make of it.
hal::IdCard as_id_card(const ChipCard& card);

/// `units` UTF-16LE units, padded with blanks.
Bytes utf16_field(std::string_view utf8, std::size_t units);

}  // namespace kiosk::lobby
