#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "firmware/domain/money.hpp"
#include "firmware/domain/working_days.hpp"

namespace kiosk::domain {
namespace {

using namespace std::chrono_literals;

const std::vector<std::string> national_day{"2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06",
                                            "2026-10-07"};
const std::vector<std::string> worked_weekends{"2026-09-20", "2026-10-10"};

TEST(Date, ReadsBothFormsAndNoOther) {
  EXPECT_EQ(parse_date("2026-08-01"), 2026y / 8 / 1);
  EXPECT_EQ(parse_date("20260801"), 2026y / 8 / 1);
  EXPECT_EQ(to_text(2026y / 8 / 1), "2026-08-01");
  for (const auto* bad : {"", "2026-8-1", "2026-02-30", "2026-00-10", "2026-13-01", "2026/08/01",
                          "1700-01-01", "2026-08-01 ", "-2026801", "２０２６0801", "20260a01"}) {
    EXPECT_EQ(parse_date(bad).error().code, Errc::malformed) << bad;
  }
}

TEST(Date, IsCountedInChina) {
  const auto evening = std::chrono::sys_days(2026y / 8 / 1) + 16h;
  EXPECT_EQ(day_in_china(evening - 1ms), 2026y / 8 / 1);
  EXPECT_EQ(day_in_china(evening), 2026y / 8 / 2);
}

TEST(WorkingDays, SkipWeekendsAndHolidaysAndKeepWorkedWeekends) {
  const auto calendar = *WorkingDays::from(national_day, worked_weekends);
  EXPECT_FALSE(calendar.is_working_day(2026y / 10 / 1));
  EXPECT_FALSE(calendar.is_working_day(2026y / 10 / 3));
  EXPECT_TRUE(calendar.is_working_day(2026y / 10 / 10));
  EXPECT_EQ(calendar.due(2026y / 9 / 30, 1), 2026y / 10 / 8);
  EXPECT_EQ(calendar.due(2026y / 9 / 30, 3), 2026y / 10 / 10);
  EXPECT_EQ(calendar.due(2026y / 10 / 3, 0), 2026y / 10 / 3);
  EXPECT_EQ(calendar.between(2026y / 9 / 30, 2026y / 10 / 8), 1);
  EXPECT_EQ(calendar.between(2026y / 10 / 8, 2026y / 9 / 30), -1);
  EXPECT_EQ(calendar.known_until(), Date(2026y / 10 / 10));
  EXPECT_EQ(WorkingDays().known_until(), std::nullopt);
}

TEST(WorkingDays, RefuseACalendarThatContradictsItself) {
  const std::vector<std::string> none, both{"2026-10-10"}, bad{"next week"};
  EXPECT_EQ(WorkingDays::from(both, both).error().code, Errc::malformed);
  EXPECT_EQ(WorkingDays::from(bad, none).error().code, Errc::malformed);
}

RC_GTEST_PROP(WorkingDays, DueAndBetweenAgree, ()) {
  const auto calendar = *WorkingDays::from(national_day, worked_weekends);
  const auto start = Date(std::chrono::sys_days(2026y / 9 / 1) + std::chrono::days(*rc::gen::inRange(0, 60)));
  const auto count = *rc::gen::inRange(1, 60);
  const auto due = calendar.due(start, count);
  RC_ASSERT(calendar.between(start, due) == count);
  RC_ASSERT(calendar.is_working_day(due));
}

TEST(Money, IsWrittenToTheFen) {
  EXPECT_EQ(yuan(8000), "80.00 元");
  EXPECT_EQ(yuan(86000000), "860,000.00 元");
  EXPECT_EQ(yuan(99999), "999.99 元");
  EXPECT_EQ(yuan(0), "0.00 元");
  EXPECT_EQ(yuan(5), "0.05 元");
  EXPECT_EQ(yuan(-50), "-0.50 元");
  EXPECT_EQ(yuan(std::numeric_limits<std::int64_t>::max()), "92,233,720,368,547,758.07 元");
  EXPECT_EQ(yuan(std::numeric_limits<std::int64_t>::min()), "-92,233,720,368,547,758.08 元");
}

}  // namespace
}  // namespace kiosk::domain
