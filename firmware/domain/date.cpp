#include "firmware/domain/date.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace kiosk::domain {

namespace {

std::optional<int> number_in(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

Result<Date> parse_date(std::string_view text) {
  const bool dashed = text.size() == 10 && text[4] == '-' && text[7] == '-';
  if (!dashed && text.size() != 8) return fail(Errc::malformed, "not a date");
  const auto year = number_in(text.substr(0, 4));
  const auto month = number_in(text.substr(dashed ? 5 : 4, 2));
  const auto day = number_in(text.substr(dashed ? 8 : 6, 2));
  if (!year || !month || !day || *year < 1800) return fail(Errc::malformed, "not a date");
  const Date date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                  std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return fail(Errc::malformed, "a day that no calendar has");
  return date;
}

std::string to_text(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

Date day_in_china(std::chrono::sys_time<std::chrono::milliseconds> moment) {
  return Date(std::chrono::floor<std::chrono::days>(moment + std::chrono::hours(8)));
}

std::string time_in_china(std::chrono::sys_time<std::chrono::milliseconds> moment) {
  const auto local = std::chrono::floor<std::chrono::minutes>(moment + std::chrono::hours(8));
  const std::chrono::hh_mm_ss time(local - std::chrono::floor<std::chrono::days>(local));
  return fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count());
}

}  // namespace kiosk::domain
