#pragma once
// Promised times are working days. China moves them: public holidays fall on weekdays and weekends become
// working days instead, by a State Council notice each autumn. The calendar is therefore configuration.

#include <optional>
#include <set>
#include <span>
#include <string>

#include "firmware/domain/date.hpp"

namespace kiosk::domain {

class WorkingDays {
 public:
  /// Monday to Friday and no holidays: right only as long as nothing else is configured.
  WorkingDays() = default;

  /// `holidays`: days off; `worked`: weekends that are worked (调休). Texts as parse_date takes them.
  /// `malformed`: not a date, or a date that stands in both lists.
  static Result<WorkingDays> from(std::span<const std::string> holidays, std::span<const std::string> worked);

  bool is_working_day(Date date) const;

  /// The `days`-th working day after `start`; `start` itself does not count. 0 is `start` (即办: at once).
  /// `days` from 0 to 1000.
  Date due(Date start, int days) const;

  /// How many working days lie after `from` up to and including `to`; negative when `to` comes first.
  int between(Date from, Date to) const;

  /// The last day that either list names: after it this calendar knows only weekends, and health should say
  /// so.
  std::optional<Date> known_until() const;

 private:
  std::set<std::chrono::sys_days> holidays_;
  std::set<std::chrono::sys_days> worked_;
};

}  // namespace kiosk::domain
