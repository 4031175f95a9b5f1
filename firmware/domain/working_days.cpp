#include "firmware/domain/working_days.hpp"

#include <algorithm>

namespace kiosk::domain {

using std::chrono::days;
using std::chrono::sys_days;

Result<WorkingDays> WorkingDays::from(std::span<const std::string> holidays,
                                      std::span<const std::string> worked) {
  WorkingDays calendar;
  for (const auto& text : holidays) {
    const auto date = TRY(parse_date(text));
    calendar.holidays_.insert(sys_days(date));
  }
  for (const auto& text : worked) {
    const auto date = TRY(parse_date(text));
    if (calendar.holidays_.contains(sys_days(date))) {
      return fail(Errc::malformed, text + " is both a holiday and a worked weekend");
    }
    calendar.worked_.insert(sys_days(date));
  }
  return calendar;
}

bool WorkingDays::is_working_day(Date date) const {
  const sys_days day(date);
  if (worked_.contains(day)) return true;
  if (holidays_.contains(day)) return false;
  const std::chrono::weekday weekday(day);
  return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
}

Date WorkingDays::due(Date start, int count) const {
  sys_days day(start);
  while (count > 0) {
    day += days(1);
    if (is_working_day(day)) --count;
  }
  return day;
}

int WorkingDays::between(Date from, Date to) const {
  if (sys_days(to) < sys_days(from)) return -between(to, from);
  int count = 0;
  for (sys_days day = sys_days(from) + days(1); day <= sys_days(to); day += days(1)) {
    if (is_working_day(day)) ++count;
  }
  return count;
}

std::optional<Date> WorkingDays::known_until() const {
  if (holidays_.empty() && worked_.empty()) return std::nullopt;
  const auto off = holidays_.empty() ? sys_days::min() : *holidays_.rbegin();
  const auto on = worked_.empty() ? sys_days::min() : *worked_.rbegin();
  return Date(std::max(off, on));
}

}  // namespace kiosk::domain
