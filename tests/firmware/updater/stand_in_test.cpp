// When what is meant to run does not: another system serves in its place, as long as it must, and is not
// taken for good.

#include "firmware/updater/action_row.hpp"
#include "tests/firmware/updater/machine.hpp"

namespace kiosk::updater {
namespace {

using hal::Slot;

/// A kiosk on its second system, in slot B, with the factory's in A.
struct AStandIn : ::testing::Test, Machine {
  AStandIn() {
    release(2, "system 2");
    live();
    wait_for_morning();
  }
  void steps(int count) {
    for (int i = 0; i < count; ++i) step();
  }
  void pull_the_plug() {
    for (int pulled = 0; pulled <= hal::most_tries; ++pulled) power_on();
  }
  void expect_left_by_night() {
    ASSERT_EQ(running(), "the factory's system");
    live(4h);
    EXPECT_EQ(running(), "the factory's system") << "citizens are there by day";
    live(24h);
    EXPECT_EQ(running(), "system 2");
    const auto before = starts;
    live(72h);
    EXPECT_EQ(starts, before);
  }
  /// From then on only system 3 reads the records.
  void settle_newer_records() {
    release(3, "system 3", 4);
    live();
    steps(20);
    ASSERT_EQ(citizens.well.data_schema, 4);
    wait_for_morning();
  }
};

TEST_F(AStandIn, IsLeftByNightAfterThePlugWasPulledThreeTimes) {
  pull_the_plug();
  expect_left_by_night();
}

TEST_F(AStandIn, ServesThoughItWasCalledBadWhereTheGoodOneRotted) {
  release(3, "it loses the printer", 4);
  live();
  ASSERT_EQ(running(), "system 2");
  ASSERT_TRUE(slots.look({})->of(Slot::a).bad);
  slots.rot(Slot::b);
  power_on();
  steps(20);
  EXPECT_EQ(running(), "it loses the printer");
  EXPECT_TRUE(slots.look({})->of(Slot::a).bad) << "nobody called it good";
  EXPECT_FALSE(state().action) << "nor on trial";
  EXPECT_EQ(state().floor, 2);
  EXPECT_FALSE(citizens.closed_for());
  live(72h);
  EXPECT_EQ(running(), "it loses the printer");
  EXPECT_EQ(citizens.well.data_schema, 3) << "it settles nothing";

  release(4, "it shows nothing", 4);
  live();
  EXPECT_EQ(outcome(), "rolled_back: no picture was drawn");
  live(72h);
  EXPECT_EQ(running(), "it loses the printer") << "and is not tried once more";
  EXPECT_EQ(state().floor, 2);
  release(5, "system 5", 4);
  live();
  EXPECT_EQ(outcome(), "succeeded");
  EXPECT_EQ(running(), "system 5");
}

TEST_F(AStandIn, LeavesItsPlaceByNightToOneThatStartsAgain) {
  release(3, "it loses the printer");
  live();
  wait_for_morning();
  pull_the_plug();
  EXPECT_EQ(running(), "system 2") << "the other had used up its tries, and all are counted anew";
  for (int pulled = 1; pulled < hal::most_tries; ++pulled) power_on();
  EXPECT_EQ(running(), "system 2");
  power_on();
  ASSERT_EQ(running(), "it loses the printer");
  live(24h);
  EXPECT_EQ(running(), "system 2");
  EXPECT_TRUE(slots.look({})->of(Slot::a).bad);
}

TEST_F(AStandIn, IsWhatFailedItsTrialWhereTheSystemBeforeItDoesNotStart) {
  release(3, "it loses the printer");
  go_to(Step::trial);
  slots.rot(Slot::b);
  live();
  EXPECT_EQ(outcome(),
            "rolled_back: receipt_printer worked before and does not now; and the system before it does not "
            "start");
  EXPECT_EQ(running(), "it loses the printer");
  EXPECT_FALSE(citizens.closed_for());
  const auto before = starts;
  live(12h);
  EXPECT_LE(starts - before, hal::most_tries + 1) << "it does not start for ever";
}

TEST_F(AStandIn, WhoseTurnCameWithALostBootStateIsLeftByNight) {
  slots.lose_boot_state();
  power_on();
  expect_left_by_night();
}

TEST_F(AStandIn, ThatALostBootStateMadeFirstHasNoTrial) {
  release(3, "it loses the printer");
  live();
  ASSERT_EQ(running(), "system 2");
  wait_for_morning();
  slots.lose_boot_state();
  power_on();
  ASSERT_EQ(running(), "it loses the printer");
  steps(200);
  EXPECT_FALSE(state().action) << "it was tried and left";
  EXPECT_EQ(state().floor, 2);
  live(24h);
  EXPECT_EQ(running(), "system 2");
}

TEST_F(AStandIn, ThatCannotReadTheRecordsGivesWayToTheirCure) {
  ASSERT_NO_FATAL_FAILURE(settle_newer_records());
  release(4, "system 4", 4);
  slots.rot(Slot::a);
  power_on();
  ASSERT_EQ(running(), "system 2");
  for (auto end = clock.now() + 24h; clock.now() < end && running() != "system 4";) step();
  EXPECT_EQ(running(), "system 4");
}

TEST_F(AStandIn, ThatCannotReadTheRecordsIsLeftAtOnce) {
  ASSERT_NO_FATAL_FAILURE(settle_newer_records());
  slots.lose_boot_state(Slot::b);
  power_on();
  ASSERT_EQ(running(), "system 2");
  live(1h);
  EXPECT_EQ(running(), "system 3");
}

TEST_F(AStandIn, IsLeftAlsoWhileAnUpdateCannotBeBrought) {
  release(3, "system 3");
  go_to(Step::download);
  mirror.fail_with(Error{Errc::unreachable, "cut off"});
  pull_the_plug();
  ASSERT_EQ(running(), "the factory's system");
  for (auto end = clock.now() + 24h; clock.now() < end;) step();
  EXPECT_EQ(running(), "system 2");
  ASSERT_TRUE(state().action);
  EXPECT_EQ(state().action->step, Step::download);
}

/// What an updater wrote that is newer than this one, and gave way to it.
TEST_F(AStandIn, ReadsALedgerWithWordsOfALaterUpdater) {
  release(3, "it loses the printer");
  go_to(Step::trial);
  store
      .transact([&](hal::Transaction& all) -> Result<void> {
        for (auto& row : TRY(all.list(actions_table))) {
          if (row.text("step") == "trial") row.cells["step"] = std::string("polish");
          if (row.text("step") == "done") row.cells["outcome"] = std::string("adored");
          row.cells["vitals_before"] = std::string(R"({"mood":"good"})");
          TRY(all.put(actions_table, row));
        }
        return {};
      })
      .value();
  for (int i = 0; i < hal::most_tries; ++i) power_on();
  ASSERT_EQ(running(), "system 2");
  live();
  EXPECT_EQ(outcome(), "rolled_back: the new system did not start");
  release(4, "system 4");
  live();
  EXPECT_EQ(outcome(), "succeeded");
}

}  // namespace
}  // namespace kiosk::updater
