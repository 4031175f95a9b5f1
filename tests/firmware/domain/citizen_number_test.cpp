#include "firmware/domain/citizen_number.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kiosk::domain {
namespace {

using namespace std::chrono_literals;

Result<CitizenNumber> parsed(std::string text) {
  return CitizenNumber::parse(PersonalText(std::move(text)));
}

std::string number_for(Date born, int region_and_order) {
  auto digits = std::to_string(110101 + region_and_order % 9);
  auto date = to_text(born);
  std::erase(date, '-');
  auto order = std::to_string(1000 + region_and_order % 1000).substr(1);
  digits += date + order;
  return digits + citizen_check_character(digits);
}

TEST(CitizenNumber, TakesWhatTheStandardAllows) {
  for (const auto* good :
       {"11010519491231002X", "810000199408230021", "830000199201300022", "11010519491231002x",
        " 110105 19491231 002X ", "１１０１０５１９４９１２３１００２Ｘ"}) {
    EXPECT_TRUE(parsed(good)) << good;
  }
}

TEST(CitizenNumber, RefusesAllElseInWordsWithoutTheNumber) {
  const std::vector<std::string> bad{"",
                                     "1",
                                     "11010519491231002",
                                     "11010519491231002XX",
                                     "110105194912310021",
                                     "11010519491331002X",
                                     "11010519490230002X",
                                     "1A010519491231002X",
                                     "99",
                                     "000105194912310025",
                                     "X1010519491231002X",
                                     "11010549123100X",
                                     "110105491231٠٠2",
                                     std::string(18, '\0'),
                                     std::string("11010519491231002\xFF"),
                                     std::string(100000, '1')};
  for (const auto& text : bad) {
    const auto result = parsed(text);
    ASSERT_FALSE(result) << text.substr(0, 40);
    EXPECT_EQ(result.error().code, Errc::malformed);
    EXPECT_TRUE(text.size() <= 5 || !result.error().what.contains(text));
  }
}

TEST(CitizenNumber, ReadsAnOldNumberAsTheNewOneOfTheSamePerson) {
  EXPECT_EQ(parsed("110105491231002"), parsed("11010519491231002X"));
  EXPECT_EQ(parsed("110105491231002")->text().reveal(), "11010519491231002X");
}

TEST(CitizenNumber, TellsBirthDateSexAndHolder) {
  const auto citizen = *parsed("11010519491231002X");
  EXPECT_EQ(citizen.birth_date(), 1949y / 12 / 31);
  EXPECT_TRUE(citizen.female());
  EXPECT_EQ(citizen.holder(), NumberHolder::citizen);
  EXPECT_EQ(parsed("810000199408230021")->holder(), NumberHolder::residence_permit);
  const std::string foreign = "91124119900101003";
  EXPECT_EQ(parsed(foreign + citizen_check_character(foreign))->holder(), NumberHolder::foreign_permanent);
}

TEST(CitizenNumber, CountsFullYears) {
  const auto person = *parsed(number_for(2008y / 2 / 29, 1));
  EXPECT_EQ(person.age_on(2026y / 2 / 28), 17);
  EXPECT_EQ(person.age_on(2026y / 3 / 1), 18);
  EXPECT_EQ(person.age_on(2024y / 2 / 29), 16);
}

RC_GTEST_PROP(CitizenNumber, EveryWrittenNumberIsReadBack, ()) {
  const auto born =
      Date(std::chrono::sys_days(1900y / 1 / 1) + std::chrono::days(*rc::gen::inRange(0, 46000)));
  const auto text = number_for(born, *rc::gen::inRange(0, 100000));
  const auto person = parsed(text);
  RC_ASSERT(person.has_value());
  RC_ASSERT(person->birth_date() == born);
  RC_ASSERT(person->text().reveal() == text);
}

RC_GTEST_PROP(CitizenNumber, OneWrongDigitOrTwoSwappedAreNoticed, ()) {
  auto text = number_for(1970y / 5 / 17, *rc::gen::inRange(0, 100000));
  const auto right = text;
  const auto at = *rc::gen::inRange<std::size_t>(0, 17);
  if (*rc::gen::arbitrary<bool>()) {
    text[at] = static_cast<char>(*rc::gen::inRange<int>('0', '9' + 1));
  } else {
    std::swap(text[at], text[at + 1]);
  }
  RC_PRE(text != right);
  RC_ASSERT_FALSE(parsed(text).has_value());
}

RC_GTEST_PROP(CitizenNumber, TakesAnyBytes, (const std::string& bytes)) {
  (void)parsed(bytes);
}

}  // namespace
}  // namespace kiosk::domain
