#include "firmware/records/upkeep.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "firmware/records/counters.hpp"
#include "firmware/records/schema.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/set_clock.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::records {
namespace {

using namespace std::chrono_literals;

struct UpkeepTest : ::testing::Test {
  /// Whether the work was done, with a registry whose clock is `ahead` of ours.
  bool runs(std::chrono::milliseconds ahead = 0ms) {
    const auto swept = upkeep.run_if_due(clock.now() + ahead);
    EXPECT_TRUE(swept) << swept.error().what;
    return swept && swept->has_value();
  }
  /// `hour` and `minute` of that day in China.
  static WallTime at(int day, int hour, int minute = 0) {
    return std::chrono::sys_days(std::chrono::year(2026) / 8 / day) + std::chrono::hours(hour - 8) +
           std::chrono::minutes(minute);
  }
  std::string trail() const {
    std::string all;
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
      std::ifstream stream(file.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(stream), {});
    }
    return all;
  }

  testing::TemporaryFolder folder;
  testing::MemoryStore store{schema()};
  testing::SetClock clock{at(1, 14)};
  Audit audit = Audit::open(store, clock, {folder.path(), "k"}, {}).value();
  Upkeep upkeep{store, clock, audit, Retention{}};
};

TEST_F(UpkeepTest, RunsAtTheFirstStartAndThenOnceAfterEachThreeOClock) {
  EXPECT_TRUE(runs());
  EXPECT_FALSE(runs());
  clock.set(at(2, 2, 59));
  EXPECT_FALSE(runs());
  clock.set(at(2, 3));
  EXPECT_TRUE(runs());
  clock.set(at(3, 2, 59));
  EXPECT_FALSE(runs());
}

TEST_F(UpkeepTest, RunsAfterANightInWhichTheMachineWasOff) {
  EXPECT_TRUE(runs());
  clock.set(at(3, 9));
  Upkeep restarted(store, clock, audit, Retention{});
  EXPECT_TRUE(restarted.run_if_due(clock.now())->has_value());
  EXPECT_FALSE(restarted.run_if_due(clock.now())->has_value());
}

TEST_F(UpkeepTest, DoesNothingWhileTheClockDiffersFromTheRegistrys) {
  for (const auto ahead : {121s, -121s}) EXPECT_FALSE(runs(ahead));
  EXPECT_TRUE(runs(-120s));
}

TEST_F(UpkeepTest, ANonsenseClockDeletesNothing) {
  Counters counters(store, clock);
  ASSERT_TRUE(counters.add("sessions.begun"));
  const auto truth = clock.now();
  clock.set(at(1, 14) + std::chrono::years(20));
  EXPECT_FALSE(upkeep.run_if_due(truth)->has_value());
  EXPECT_EQ(counters.totals()->size(), 1U);
  EXPECT_TRUE(upkeep.run_if_due(clock.now())->has_value()) << "or this test could not fail";
  EXPECT_EQ(counters.totals()->size(), 0U);
}

TEST_F(UpkeepTest, AClockThatWasSetBackDoesNotPutItOffForYears) {
  clock.set(at(1, 14) + std::chrono::years(1));
  EXPECT_TRUE(runs());
  clock.set(at(2, 14));
  EXPECT_TRUE(runs());
}

TEST_F(UpkeepTest, TheTrailTellsWhatWasDeletedAndWhenTheClockWasWrong) {
  EXPECT_FALSE(runs(-10min));
  EXPECT_FALSE(runs(-10min));
  EXPECT_TRUE(runs());
  const auto told = trail();
  const auto first = told.find("clock.differs");
  EXPECT_NE(first, std::string::npos);
  EXPECT_NE(told.find("\"seconds_ahead\":600"), std::string::npos);
  EXPECT_EQ(told.find("clock.differs", first + 1), std::string::npos) << "told once";
  EXPECT_NE(told.find("clock.agrees"), std::string::npos);
  EXPECT_NE(told.find("retention.swept"), std::string::npos);
}

TEST_F(UpkeepTest, AFullDiskLeavesItDue) {
  store.fill_disk();
  EXPECT_EQ(upkeep.run_if_due(clock.now()).error().code, Errc::storage);
  store.fill_disk(false);
  EXPECT_TRUE(runs());
}

}  // namespace
}  // namespace kiosk::records
