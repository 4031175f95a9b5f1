// What a session leaves in the day's counts.

#include <gtest/gtest.h>

#include "tests/support/hall.hpp"

namespace kiosk::services {
namespace {

using records::Counts;
using testing::Hall;
using testing::must;

TEST(CountersOfASession, ADoneApplicationIsOneOfEach) {
  Hall hall("zhang");
  hall.serve("mortgage_cancellation");
  EXPECT_EQ(must(hall.counters.totals()), (Counts{{"applications.submitted", 1},
                                                  {"sessions.begun", 1},
                                                  {"sessions.ended.done", 1},
                                                  {"slips.printed", 1}}));
}

TEST(CountersOfASession, PagesAreCountedAsPages) {
  Hall hall("zhang");
  hall.registry.authority().decide("m-0001", hal::Decision::refused);
  hall.serve("mortgage_cancellation");
  const auto counts = must(hall.counters.totals());
  EXPECT_EQ(counts.at("pages.printed"), 1);
  EXPECT_FALSE(counts.contains("slips.printed"));
}

TEST(CountersOfASession, APaperInDoubtIsNotCountedAsPrinted) {
  Hall hall("zhang");
  hall.slips.turn([](auto& state) { state.cover_opens_in_next_job = true; });
  hall.ui.choose("did_it_print", 2);
  hall.serve("mortgage_cancellation");
  const auto counts = must(hall.counters.totals());
  EXPECT_EQ(counts.at("papers.in_doubt"), 1);
  EXPECT_FALSE(counts.contains("slips.printed"));
}

TEST(CountersOfASession, APaperThatThePersonFoundWholeIsCounted) {
  Hall hall("zhang");
  hall.slips.turn([](auto& state) { state.cover_opens_in_next_job = true; });
  hall.ui.choose("did_it_print", 0);
  hall.serve("mortgage_cancellation");
  const auto counts = must(hall.counters.totals());
  EXPECT_EQ(counts.at("papers.in_doubt"), 1);
  EXPECT_EQ(counts.at("slips.printed"), 1);
}

TEST(CountersOfASession, WhoLeavesHasSubmittedNothing) {
  Hall hall("zhang");
  hall.ui.on("check_answers", [](const auto&) { return std::nullopt; });
  hall.serve("mortgage_cancellation");
  EXPECT_EQ(must(hall.counters.totals()), (Counts{{"sessions.begun", 1}, {"sessions.ended.left", 1}}));
}

}  // namespace
}  // namespace kiosk::services
