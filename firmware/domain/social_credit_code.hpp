#pragma once
// 统一社会信用代码, the number of a company, bank or authority (GB 32100-2015).

#include <string>
#include <string_view>

#include "hal/base/result.hpp"

namespace kiosk::domain {

/// Takes 18 characters (full width, blanks and small letters too) and returns the 18 plain ones.
/// `malformed`: wrong length, a letter that the code does not use (I O S V Z), or a check character that does
/// not hold.
Result<std::string> parse_social_credit_code(std::string_view text);

}  // namespace kiosk::domain
