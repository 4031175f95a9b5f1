#include "firmware/domain/masks.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "firmware/domain/characters.hpp"

namespace kiosk::domain {
namespace {

PersonalText personal(std::string text) {
  return PersonalText(std::move(text));
}

TEST(Masks, OfNames) {
  EXPECT_EQ(mask_name(personal("张小明")), "张*明");
  EXPECT_EQ(mask_name(personal("张三")), "张*");
  EXPECT_EQ(mask_name(personal("欧阳小明")), "欧**明");
  EXPECT_EQ(mask_name(personal("买买提·阿不都")), "买*****都");
  EXPECT_EQ(mask_name(personal("张")), "*");
  EXPECT_EQ(mask_name(personal("")), "");
  EXPECT_EQ(mask_name(personal("𠮷三")), "𠮷*");  // four bytes, outside the basic plane
  EXPECT_EQ(mask_name(personal("ZHANG SAN")), "Z**** S**");
}

TEST(Masks, OfNumbers) {
  EXPECT_EQ(mask_number(personal("11010519491231002X")), "1101**********002X");
  EXPECT_EQ(mask_number(personal("E12345678")), "E1*****78");
  EXPECT_EQ(mask_number(personal("12345")), "*****");
  EXPECT_EQ(mask_number(personal("")), "");
  EXPECT_EQ(mask_phone(personal("13812345678")), "138****5678");
  EXPECT_EQ(mask_phone(personal("0531-1234567")), "********4567");
  EXPECT_EQ(mask_phone(personal("110")), "***");
}

TEST(Masks, OfAddressesEndAtTheBuilding) {
  EXPECT_EQ(mask_address(personal("济南市历下区某路1号2号楼3单元401室")), "济南市历下区某路1号2号楼*");
  EXPECT_EQ(mask_address(personal("某市某区某花园12幢1单元502")), "某市某区某花园12幢*");
  EXPECT_EQ(mask_address(personal("某市某路8号401号")), "某市某路8号*");
  EXPECT_EQ(mask_address(personal("某镇东头老屋")), "某镇东*");
  EXPECT_EQ(mask_address(personal("")), "");
}

TEST(Masks, FindCitizenNumbersInText) {
  EXPECT_EQ(without_citizen_numbers("id=11010519491231002X,"),
            (std::pair(std::string("id=1101**********002X,"), true)));
  EXPECT_EQ(without_citizen_numbers("姓名11010519491231002X").second, true);
  for (const auto* harmless :
       {"", "110105194912310021", "1110105194912310021", "202608010001", "1101**********002X"}) {
    EXPECT_EQ(without_citizen_numbers(harmless), std::pair(std::string(harmless), false)) << harmless;
  }
}

TEST(Characters, JoinAgainToTheText) {
  EXPECT_EQ(characters("a张𠮷").size(), 3U);
  EXPECT_EQ(half_width("（Ａ１　）"), "(A1 )");
  EXPECT_EQ(group_in_fours("11010519491231002X"), "1101 0519 4912 3100 2X");
  EXPECT_EQ(group_in_fours("1234 5678"), "1234 5678");
  EXPECT_EQ(group_in_fours(""), "");
}

RC_GTEST_PROP(Characters, JoinAgainWhateverTheBytes, (const std::string& bytes)) {
  std::string joined;
  for (const auto part : characters(bytes)) joined += part;
  RC_ASSERT(joined == bytes);
  (void)half_width(bytes);
  (void)without_citizen_numbers(bytes);
}

RC_GTEST_PROP(Masks, KeepTheLengthAndHideTheMiddle, ()) {
  const auto number =
      *rc::gen::container<std::string>(*rc::gen::inRange<std::size_t>(0, 30), rc::gen::inRange('0', '9'));
  const auto masked = mask_number(personal(number));
  RC_ASSERT(masked.size() == number.size());
  if (number.size() > 5) RC_ASSERT(masked.find('*') != std::string::npos);
}

}  // namespace
}  // namespace kiosk::domain
