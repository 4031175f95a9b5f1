#include "firmware/domain/citizen_number.hpp"

#include <algorithm>
#include <array>

#include "firmware/domain/characters.hpp"

namespace kiosk::domain {

namespace {

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Codes of GB/T 2260 that a number can begin with, the permits' 81 to 83, and 9 for foreigners.
bool known_region(std::string_view number) {
  static constexpr std::array<std::string_view, 35> regions{
      "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34",
      "35", "36", "37", "41", "42", "43", "44", "45", "46", "50", "51", "52",
      "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83"};
  return number[0] == '9' || std::ranges::find(regions, number.substr(0, 2)) != regions.end();
}

/// Without blanks, in half width, with a capital X.
PersonalText tidied(const PersonalText& text) {
  PersonalText narrow(half_width(text.reveal()));  // stays in this function
  std::string tidy;
  tidy.reserve(
      std::max<std::size_t>(narrow.reveal().size(), 32));  // so that it never grows and leaves a copy
  for (const char c : narrow.reveal()) {
    if (c != ' ') tidy += c == 'x' ? 'X' : c;
  }
  return PersonalText(std::move(tidy));
}

PersonalText with_century(std::string_view fifteen) {
  std::string full;
  full.reserve(32);
  full += fifteen.substr(0, 6);
  full += "19";
  full += fifteen.substr(6);
  full += citizen_check_character(full);
  return PersonalText(std::move(full));
}

}  // namespace

char citizen_check_character(std::string_view seventeen_digits) {
  static constexpr std::array weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += (seventeen_digits[i] - '0') * weights[i];
  return "10X98765432"[sum % 11];
}

Result<CitizenNumber> CitizenNumber::parse(const PersonalText& text) {
  auto number = tidied(text);
  const bool old_form = number.reveal().size() == 15;
  if (old_form) {
    if (!all_digits(number.reveal())) return fail(Errc::malformed, "citizen number: a sign that is no digit");
    number = with_century(number.reveal());
  }
  const std::string_view digits = number.reveal();
  if (digits.size() != 18) return fail(Errc::malformed, "citizen number: neither 18 nor 15 characters");
  if (!all_digits(digits.substr(0, 17)))
    return fail(Errc::malformed, "citizen number: a sign that is no digit");
  if (!known_region(digits)) return fail(Errc::malformed, "citizen number: no such region");
  if (!parse_date(digits.substr(6, 8))) return fail(Errc::malformed, "citizen number: no such birth date");
  if (digits[17] != citizen_check_character(digits)) {
    return fail(Errc::malformed, "citizen number: the check digit does not hold");
  }
  return CitizenNumber(std::move(number));
}

NumberHolder CitizenNumber::holder() const {
  const std::string_view digits = text_.reveal();
  if (digits[0] == '9') return NumberHolder::foreign_permanent;
  return digits[0] == '8' ? NumberHolder::residence_permit : NumberHolder::citizen;
}

Date CitizenNumber::birth_date() const {
  return *parse_date(std::string_view(text_.reveal()).substr(6, 8));  // parse() has seen that it is one
}

bool CitizenNumber::female() const {
  return (text_.reveal()[16] - '0') % 2 == 0;
}

int CitizenNumber::age_on(Date day) const {
  const auto born = birth_date();
  const auto years = static_cast<int>(day.year()) - static_cast<int>(born.year());
  const bool birthday_passed = std::pair(day.month(), day.day()) >= std::pair(born.month(), born.day());
  return birthday_passed ? years : years - 1;
}

}  // namespace kiosk::domain
