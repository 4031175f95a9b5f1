#pragma once
// 公民身份号码, the number of a person in China (GB 11643-1999), and the old one of 15 digits.

#include <string_view>

#include "firmware/domain/date.hpp"
#include "hal/base/personal.hpp"

namespace kiosk::domain {

enum class NumberHolder {
  citizen,            ///< a resident identity card
  residence_permit,   ///< prefixes 81, 82, 83: residents of Hong Kong, Macao and Taiwan
  foreign_permanent,  ///< prefix 9: foreigner's permanent residence card since 2023
};

/// A number whose form, birth date and check digit hold. Always the 18-character form.
class CitizenNumber {
 public:
  /// Takes 18 characters, or 15 digits as they stand in old register rows: "19" comes in after the sixth
  /// digit and the check digit at the end. Full-width digits, blanks and a small x are taken too.
  /// `malformed`, with words that hold nothing of the number.
  static Result<CitizenNumber> parse(const PersonalText& text);

  const PersonalText& text() const { return text_; }
  NumberHolder holder() const;
  Date birth_date() const;
  bool female() const;

  /// Full years on that day. A person born on 29 February is a year older on 1 March of ordinary years.
  int age_on(Date day) const;

  bool operator==(const CitizenNumber&) const = default;

 private:
  explicit CitizenNumber(PersonalText text) : text_(std::move(text)) {}
  PersonalText text_;
};

/// The check character for the first 17 digits.
char citizen_check_character(std::string_view seventeen_digits);

}  // namespace kiosk::domain
