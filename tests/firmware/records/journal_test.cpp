#include "firmware/records/journal.hpp"

#include <gtest/gtest.h>

#include "firmware/records/schema.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/set_clock.hpp"

namespace kiosk::records {
namespace {

struct JournalTest : ::testing::Test {
  testing::MemoryStore store{schema()};
  testing::SetClock clock;
  Journal journal{store, clock};
};

TEST_F(JournalTest, RemembersASessionThatDidNotEnd) {
  ASSERT_TRUE(journal.begin("s1", "mortgage_cancellation"));
  ASSERT_TRUE(journal.step("s1", "identified"));
  clock.advance(std::chrono::milliseconds(5));
  ASSERT_TRUE(journal.step("s1", "signed"));
  ASSERT_TRUE(journal.owe("s1", Debt::card));
  ASSERT_TRUE(journal.owe("s1", Debt::submission, "key-1"));

  const auto unfinished = Journal(store, clock).unfinished();
  ASSERT_TRUE(unfinished);
  ASSERT_EQ(unfinished->size(), 1U);
  const auto& entry = unfinished->front();
  EXPECT_EQ(entry.service, "mortgage_cancellation");
  ASSERT_EQ(entry.steps.size(), 2U);
  EXPECT_EQ(entry.steps[1], (Step{"signed", clock.now()}));
  ASSERT_EQ(entry.owed.size(), 2U);
  EXPECT_EQ(entry.owed[0], (Owed{Debt::card, "", clock.now()}));
  EXPECT_EQ(entry.owed[1], (Owed{Debt::submission, "key-1", clock.now()}));
}

TEST_F(JournalTest, ForgetsNothingThatIsOwedWhenTheSessionEnds) {
  ASSERT_TRUE(journal.begin("s1", "progress"));
  ASSERT_TRUE(journal.owe("s1", Debt::submission, "key-1"));
  ASSERT_TRUE(journal.end("s1", "done"));
  ASSERT_EQ(journal.unfinished()->size(), 1U);
  EXPECT_EQ(journal.unfinished()->front().outcome, "done");
  ASSERT_TRUE(journal.settle("s1", Debt::submission, "key-1"));
  EXPECT_TRUE(journal.unfinished()->empty());
}

TEST_F(JournalTest, ListsTheOldestFirst) {
  ASSERT_TRUE(journal.begin("z", "progress"));
  clock.advance(std::chrono::milliseconds(1));
  ASSERT_TRUE(journal.begin("a", "progress"));
  const auto unfinished = *journal.unfinished();
  ASSERT_EQ(unfinished.size(), 2U);
  EXPECT_EQ(unfinished[0].id, "z");
}

TEST_F(JournalTest, KeepsManyStepsInOrder) {
  ASSERT_TRUE(journal.begin("s", "progress"));
  for (int i = 0; i < 1200; ++i) ASSERT_TRUE(journal.step("s", std::to_string(i)));
  const auto steps = journal.unfinished()->front().steps;
  for (std::size_t i = 0; i < steps.size(); ++i) EXPECT_EQ(steps[i].name, std::to_string(i));
}

TEST_F(JournalTest, RefusesWhatMakesNoSense) {
  EXPECT_EQ(journal.step("nobody", "x").error().code, Errc::not_present);
  EXPECT_EQ(journal.owe("nobody", Debt::card).error().code, Errc::not_present);
  EXPECT_EQ(journal.settle("nobody", Debt::card).error().code, Errc::not_present);
  ASSERT_TRUE(journal.begin("s1", "progress"));
  EXPECT_EQ(journal.begin("s1", "progress").error().code, Errc::internal);
  EXPECT_TRUE(journal.settle("s1", Debt::card));
  ASSERT_TRUE(journal.end("s1", "done"));
  EXPECT_EQ(journal.step("s1", "more").error().code, Errc::internal);
  EXPECT_EQ(journal.end("s1", "again").error().code, Errc::internal);
}

TEST_F(JournalTest, SaysWhenTheDiskIsFull) {
  ASSERT_TRUE(journal.begin("s1", "progress"));
  store.fill_disk();
  EXPECT_EQ(journal.owe("s1", Debt::card).error().code, Errc::storage);
  EXPECT_EQ(journal.unfinished()->front().owed.size(), 0U);
  store.break_disk();
  EXPECT_EQ(journal.unfinished().error().code, Errc::storage);
}

}  // namespace
}  // namespace kiosk::records
