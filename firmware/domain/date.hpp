#pragma once
// Calendar dates as texts. The standard library of this compiler has the calendar but cannot read or write
// it.

#include <chrono>
#include <string>
#include <string_view>

#include "hal/base/result.hpp"

namespace kiosk::domain {

using Date = std::chrono::year_month_day;

/// "2026-08-01" or "20260801", years 1800 to 9999. `malformed` for any other form and for days that no
/// calendar has.
Result<Date> parse_date(std::string_view text);

/// "2026-08-01".
std::string to_text(Date date);

/// The day it is in China (UTC+8, no summer time) at a moment: days of papers, limits and files are counted
/// there.
Date day_in_china(std::chrono::sys_time<std::chrono::milliseconds> moment);

/// The time of day there: "14:05".
std::string time_in_china(std::chrono::sys_time<std::chrono::milliseconds> moment);

}  // namespace kiosk::domain
