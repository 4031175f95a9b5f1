#include "firmware/records/moment.hpp"

#include <fmt/format.h>

#include "firmware/domain/date.hpp"

namespace kiosk::records {

std::string to_text(WallTime moment) {
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::hh_mm_ss time(moment - day);
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", domain::to_text(domain::Date(day)), time.hours().count(),
                     time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

}  // namespace kiosk::records
