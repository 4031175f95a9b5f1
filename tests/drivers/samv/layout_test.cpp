#include "drivers/samv/layout.hpp"

#include <gtest/gtest.h>

#include "tests/lobby/samv/chip_card.hpp"

namespace kiosk::drivers::samv {
namespace {

using lobby::ChipCard;

Errc refusal_of(const ChipCard& card) {
  const auto parsed = parse_card(lobby::read_data(card));
  EXPECT_FALSE(parsed);
  return parsed ? Errc::internal : parsed.error().code;
}

ChipCard with(ChipCard card, std::string ChipCard::* field, std::string value) {
  card.*field = std::move(value);
  return card;
}

TEST(Layout, EveryKindIsReadAsItWasWritten) {
  for (const auto& card :
       {lobby::zhang_san(), lobby::permit_holder(), lobby::foreigner_2017(), lobby::foreigner_2023()}) {
    const auto parsed = parse_card(lobby::read_data(card));
    ASSERT_TRUE(parsed) << parsed.error().what;
    EXPECT_TRUE(*parsed == lobby::as_id_card(card)) << static_cast<int>(card.kind);
  }
}

TEST(Layout, TheFieldsOfTheSpecificationsResident) {
  const auto card = parse_card(lobby::read_data(lobby::zhang_san()));
  ASSERT_TRUE(card);
  EXPECT_EQ(card->name.reveal(), "张三");
  EXPECT_EQ(card->number.reveal(), "11010519491231002X");
  EXPECT_EQ(card->address.reveal(), "北京市朝阳区示例路1号");
  EXPECT_EQ(card->valid_to, "长期");
  EXPECT_EQ(card->raw_name.reveal().size(), 30u);
  EXPECT_EQ(card->photo.reveal().size(), 1024u);
  EXPECT_EQ(card->permit_number.reveal(), "");
}

TEST(Layout, AForeignerWithoutAChineseNameHasTheEnglishOne) {
  for (const auto& whole : {lobby::foreigner_2017(), lobby::foreigner_2023()}) {
    const auto card = parse_card(lobby::read_data(with(whole, &ChipCard::name, "")));
    ASSERT_TRUE(card);
    EXPECT_EQ(card->name.reveal(), whole.english_name);
    EXPECT_EQ(card->english_name.reveal(), whole.english_name);
  }
}

TEST(Layout, RareCharactersAreKept) {
  for (const auto* name :
       {"阿卜杜拉·示例", "\xEE\xA0\x95某" /* U+E815, private use */, "𠮷某" /* beyond the BMP */}) {
    const auto card = parse_card(lobby::read_data(with(lobby::zhang_san(), &ChipCard::name, name)));
    ASSERT_TRUE(card);
    EXPECT_EQ(card->name.reveal(), name);
  }
}

TEST(Layout, HalfASurrogatePairBecomesAReplacementAndStaysRaw) {
  Bytes data = lobby::read_data(lobby::zhang_san());
  data[4] = 0x42;
  data[5] = 0xD8;
  const auto card = parse_card(data);
  ASSERT_TRUE(card);
  EXPECT_EQ(card->name.reveal(), "\xEF\xBF\xBD三");
  EXPECT_EQ(card->raw_name.reveal()[1], 0xD8);
}

TEST(Layout, PaddingOfEveryKindIsTrimmed) {
  Bytes data = lobby::read_data(lobby::zhang_san());
  for (std::size_t unit = 2; unit < 15; ++unit) {  // behind the two characters of the name
    data[4 + unit * 2] = 0x00;
    data[4 + unit * 2 + 1] = unit % 2 == 0 ? 0x30 : 0x00;  // U+3000 and U+0000
  }
  EXPECT_EQ(parse_card(data)->name.reveal(), "张三");
}

TEST(Layout, AnUnknownKindIsRefused) {
  ChipCard card = lobby::zhang_san();
  for (const char16_t letter : {u'A', u'j', u'Z', u'中'}) {
    card.letter = letter;
    EXPECT_EQ(refusal_of(card), Errc::refused);
  }
}

TEST(Layout, ACardThatContradictsItselfIsMalformed) {
  const ChipCard good = lobby::zhang_san();
  EXPECT_EQ(refusal_of(with(good, &ChipCard::name, "")), Errc::malformed);
  EXPECT_EQ(refusal_of(with(good, &ChipCard::number, "110105194912310021")), Errc::malformed);
  EXPECT_EQ(refusal_of(with(good, &ChipCard::number, "11010519491231002x")), Errc::malformed);
  EXPECT_EQ(refusal_of(with(good, &ChipCard::number, "")), Errc::malformed);
  EXPECT_EQ(refusal_of(with(good, &ChipCard::birth_date, "19491230")), Errc::malformed);
  EXPECT_EQ(refusal_of(with(good, &ChipCard::birth_date, "19490230")), Errc::malformed);
  EXPECT_EQ(refusal_of(with(good, &ChipCard::valid_from, "2020")), Errc::malformed);
  EXPECT_EQ(refusal_of(with(good, &ChipCard::valid_to, "短期")), Errc::malformed);
  EXPECT_EQ(refusal_of(with(lobby::foreigner_2017(), &ChipCard::number, "DEU11008101015")), Errc::malformed);
  EXPECT_EQ(refusal_of(with(lobby::foreigner_2023(), &ChipCard::number, "11010519810803001X")),
            Errc::malformed);
}

TEST(Layout, ABirthDateThatIsNoDateIsMalformedEvenWhenTheNumberAgrees) {
  EXPECT_EQ(refusal_of(lobby::resident("李四", "110105", "19491331", "002")), Errc::malformed);
  EXPECT_EQ(refusal_of(lobby::resident("李四", "110105", "19490229", "002")), Errc::malformed);
}

TEST(Layout, EverySizeButTheRightOneIsMalformed) {
  const Bytes data = lobby::read_data(lobby::zhang_san());
  for (std::size_t size = 0; size < data.size(); size += 13)
    EXPECT_EQ(parse_card(BytesView(data).first(size)).error().code, Errc::malformed);
  Bytes longer = data;
  longer.push_back(0);
  EXPECT_EQ(parse_card(longer).error().code, Errc::malformed);
  for (const std::size_t at : {0u, 1u, 2u, 3u}) {
    Bytes wrong = data;
    wrong[at] ^= 1;
    EXPECT_EQ(parse_card(wrong).error().code, Errc::malformed);
  }
}

TEST(Number, HoldsWithItsCheckDigitOnly) {
  for (const auto* number : {"11010519491231002X", "810000199408230021", "911124198108030024"})
    EXPECT_TRUE(number_holds(number)) << number;
  for (const auto* number : {"", "1", "11010519491231002", "110105194912310020", "11010519491231002Xx",
                             "1101051949123100 X", "X1010519491231002X"})
    EXPECT_FALSE(number_holds(number)) << number;
}

}  // namespace
}  // namespace kiosk::drivers::samv
