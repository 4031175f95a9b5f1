#pragma once
// Type the number of a title or of a mortgage certificate: only the year and the digits, the rest is the
// city's.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct EnterCertificate {
  static constexpr std::string_view name = "enter_certificate";
  static constexpr int year_digits = 4, number_digits = 7;
  static constexpr int fewest_digits = 6;  ///< of a number, as some certificates have it
  std::string province;                    ///< "鲁"
  std::string authority;                   ///< "济南市"
  PersonalText not_found;                  ///< the year and number entered before, by which nothing was found
  int wait_s = 0;                          ///< > 0: too many misses, a pause
  struct Answer {
    int year = 0, number = 0;
  };
  static Answer answer(const Choose&, const Draft& draft);
  bool operator==(const EnterCertificate&) const = default;
};
Layout layout(const EnterCertificate& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
