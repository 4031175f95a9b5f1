// Updates that go well, and those that find something wrong before anything is written.

#include "firmware/updater/floor_file.hpp"
#include "tests/firmware/updater/machine.hpp"

namespace kiosk::updater {
namespace {

using update::Role;

struct AnUpdate : ::testing::Test, Machine {
  /// It was refused, and no citizen saw anything of it.
  void expect_untouched() {
    EXPECT_EQ(running(), "the factory's system");
    EXPECT_FALSE(citizens.was_closed());
    EXPECT_TRUE(slots.installed().empty());
    EXPECT_EQ(starts, 0);
    EXPECT_EQ(slots.look({})->first, hal::Slot::a);
  }
};

TEST_F(AnUpdate, BringsTheNewSystemAndCommitsIt) {
  release(2, "system 2");
  live();
  EXPECT_EQ(outcome(), "succeeded");
  EXPECT_EQ(running(), "system 2");
  EXPECT_EQ(state().floor, 2);
  EXPECT_EQ(read_floor(folder / "floor"), (Floor{.secver = 2, .data_schema = 3}));
  EXPECT_EQ(slots.look({})->of(hal::Slot::b).tries, 0) << "it stays";
  EXPECT_FALSE(citizens.closed_for()) << "the kiosk is open again";
  EXPECT_FALSE(std::filesystem::exists(folder / "bundle.raucb"));
  EXPECT_EQ(seen, (std::vector{Step::install, Step::install, Step::read_back, Step::activate, Step::activate,
                               Step::restart, Step::restart, Step::trial, Step::commit, Step::done}));
}

TEST_F(AnUpdate, GoesToAndFroBetweenTheSlots) {
  for (std::int64_t secver = 2; secver < 6; ++secver) {
    release(secver, "system " + std::to_string(secver));
    live();
    EXPECT_EQ(outcome(), "succeeded");
    EXPECT_EQ(running(), "system " + std::to_string(secver));
    EXPECT_EQ(slots.look({})->running, secver % 2 == 0 ? hal::Slot::b : hal::Slot::a);
  }
}

TEST_F(AnUpdate, WaitsForTheNightAndThenForTheLastCitizen) {
  release(2, "system 2");
  live(13h);
  EXPECT_EQ(state().action->step, Step::install) << "it is there, and it is eleven at night";
  EXPECT_FALSE(citizens.was_closed());
  citizens.now = {.somebody = true};
  live(2h + 30min);
  EXPECT_EQ(state().action->step, Step::install);
  EXPECT_FALSE(citizens.was_closed());
  citizens.now = {};
  live(14min);
  EXPECT_FALSE(citizens.was_closed()) << "the last one may come back";
  live();
  EXPECT_EQ(outcome(), "succeeded");
}

TEST_F(AnUpdate, WaitsWhileTheMachineRunsOnItsBattery) {
  release(2, "system 2");
  power.supply = hal::Mains::on_battery;
  live(30h);
  EXPECT_EQ(state().action->step, Step::install);
  power.supply = hal::Mains::on;
  live();
  EXPECT_EQ(outcome(), "succeeded");
}

TEST_F(AnUpdate, IsTheCureOfADeadGlass) {
  release(2, "system 2");
  citizens.answers = false;
  for (int i = 0; i < 5000 && starts == 0; ++i) {
    citizens.answers = false;
    step();
  }
  live();
  EXPECT_EQ(outcome(), "succeeded");
}

TEST_F(AnUpdate, IsTakenUpAgainAfterTheLineBroke) {
  release(2, "system 2");
  step();
  ASSERT_EQ(state().action->step, Step::download);
  mirror.fail_with(Error{Errc::unreachable, "cut off"});
  for (int i = 0; i < 20; ++i) step();
  ASSERT_EQ(state().action->step, Step::download);
  EXPECT_EQ(state().action->reason, "cut off");
  EXPECT_GT(state().action->tries, 3);
  mirror.fail_with(std::nullopt);
  live();
  EXPECT_EQ(outcome(), "succeeded");
}

TEST_F(AnUpdate, NeedsNoLineAtNight) {
  release(2, "system 2");
  live(12h);
  ASSERT_EQ(state().action->step, Step::install);
  mirror.fail_with(Error{Errc::unreachable, "the hall's switch is off"});
  live(12h);
  EXPECT_EQ(outcome(), "succeeded");
}

TEST_F(AnUpdate, ThatNobodyConfirmedForADayWaits) {
  release(2, "system 2");
  live(3h);
  ASSERT_EQ(state().action->step, Step::install);
  repository.timestamp["expires"] = "2026-08-01T06:00:00Z";  // and from then on the mirror stands still
  repository.publish_next(mirror, {Role::timestamp});
  citizens.now = {.somebody = true};
  live(25h);
  citizens.now = {};
  live(48h);
  EXPECT_EQ(state().action->step, Step::install);
  EXPECT_FALSE(citizens.was_closed());
  repository.timestamp["expires"] = "2027-09-01T00:00:00Z";
  repository.publish_next(mirror, {Role::timestamp});
  live();
  EXPECT_EQ(outcome(), "succeeded");
}

TEST_F(AnUpdate, ThatRottedLaterIsNotTheEnd) {
  release(2, "system 2");
  live();
  slots.rot(hal::Slot::b);
  for (int i = 0; i < 5; ++i) {
    power_on();
    for (int j = 0; j < 5; ++j) step();
    EXPECT_EQ(running(), "the factory's system");
    EXPECT_EQ(slots.look({})->of(hal::Slot::a).tries, 0);
  }
  release(3, "system 3");
  live();
  EXPECT_EQ(running(), "system 3") << "into the slot that rotted";
}

TEST_F(AnUpdate, ThatRottedIsTriedOnceANight) {
  release(2, "system 2");
  live();
  wait_for_morning();
  slots.rot(hal::Slot::b);
  power_on();
  const auto before = starts;
  live(72h);
  EXPECT_EQ(running(), "the factory's system");
  EXPECT_LE(starts - before, 3 * (hal::most_tries + 1));
  EXPECT_GT(starts, before);
}

TEST_F(AnUpdate, MendsWhatTheBootLoaderCannotRead) {
  slots.break_boot_state();
  for (int i = 0; i < 5; ++i) step();
  EXPECT_FALSE(slots.look({})->boot_state_broken) << "or tries would never be counted again";
  EXPECT_EQ(running(), "the factory's system");
}

TEST_F(AnUpdate, ThatIsWithdrawnIsGivenUp) {
  release(2, "system 2");
  live(3h);
  ASSERT_EQ(state().action->step, Step::install);
  repository.targets["targets"] = update::Json::object();
  repository.publish_next(mirror, {Role::targets, Role::snapshot, Role::timestamp});
  live();
  EXPECT_EQ(outcome(), "abandoned: it is no longer offered");
  expect_untouched();
}

TEST_F(AnUpdate, ComesWhenItsRolloutReachesTheKiosksRing) {
  put_into_ring(3);
  release(2, "system 2");
  widen(2);
  live(72h);
  EXPECT_EQ(outcome(), "none");
  EXPECT_EQ(state().poll.said, "nothing newer is released");
  expect_untouched();
  widen(3);
  live();
  EXPECT_EQ(outcome(), "succeeded");
  EXPECT_EQ(running(), "system 2");
}

TEST_F(AnUpdate, ThatIsTakenBackFromTheKiosksRingIsGivenUpAndTakenUpAgain) {
  put_into_ring(3);
  release(2, "system 2");
  widen(5);
  live(3h);
  ASSERT_EQ(state().action->step, Step::install);
  widen(2);
  live();
  EXPECT_EQ(outcome(), "abandoned: it is no longer offered");
  expect_untouched();
  widen(9);
  live();
  EXPECT_EQ(outcome(), "succeeded");
}

TEST_F(AnUpdate, IsGivenUpWhenTheKioskIsPutIntoALaterRing) {
  put_into_ring(1);
  release(2, "system 2");
  widen(1);
  live(3h);
  ASSERT_EQ(state().action->step, Step::install);
  put_into_ring(2);
  live();
  EXPECT_EQ(outcome(), "abandoned: it is no longer offered");
  expect_untouched();
}

TEST_F(AnUpdate, StaysWhereItIsWhenItIsTakenBackFromTheKiosksRing) {
  put_into_ring(3);
  release(2, "system 2");
  widen(3);
  live();
  ASSERT_EQ(running(), "system 2");
  const auto before = starts;
  widen(2);
  live(72h);
  EXPECT_EQ(running(), "system 2");
  EXPECT_EQ(starts, before);
  EXPECT_EQ(state().poll.said, "nothing newer is released");
  EXPECT_EQ(state().ended.size(), 1U);
}

TEST_F(AnUpdate, IsCommittedAlsoWhenItIsTakenBackDuringItsTrial) {
  put_into_ring(3);
  release(2, "system 2");
  widen(3);
  go_to(Step::trial);
  widen(0);
  live();
  EXPECT_EQ(outcome(), "succeeded") << "it runs, and nobody said that it is bad";
}

TEST_F(AnUpdate, GivesWayToANewerOne) {
  release(2, "system 2");
  live(3h);
  release(3, "system 3");
  live(3h);
  live();
  EXPECT_EQ(running(), "system 3");
  EXPECT_EQ(installs("system 2"), 0);
  EXPECT_EQ(state().ended.front().outcome, Outcome::abandoned);
}

TEST_F(AnUpdate, ThatIsOlderIsNone) {
  release(5, "system 5");
  live();
  release(4, "system 4");
  live();
  EXPECT_EQ(running(), "system 5");
  EXPECT_EQ(state().ended.size(), 1U);
  EXPECT_EQ(state().poll.said, "nothing newer is released");
}

TEST_F(AnUpdate, BelowALostStoresFloorIsNoneEither) {
  release(5, "system 5");
  live();
  slots.mark_good(hal::Slot::a).value();
  store.transact([](hal::Transaction& all) { return all.erase("updater_numbers", "floor"); }).value();
  ASSERT_EQ(state().floor, 0);
  release(3, "system 3");
  live();
  EXPECT_EQ(running(), "system 5") << "the second copy knows it";
}

TEST_F(AnUpdate, ThatKnowsMoreOfTheRecordsLeavesThemToTheOlderSystemUntilItStays) {
  release(2, "loses the printer", 4);
  live();
  EXPECT_EQ(outcome(), "rolled_back: receipt_printer worked before and does not now");
  EXPECT_EQ(running(), "the factory's system");
  for (int i = 0; i < 5; ++i) step();
  EXPECT_TRUE(citizens.answers) << "it opens the records";
  EXPECT_EQ(citizens.well.data_schema, 3);

  release(3, "system 3", 4);
  live();
  ASSERT_EQ(outcome(), "succeeded");
  EXPECT_EQ(citizens.well.data_schema, 3) << "until nothing is under way";
  for (int i = 0; i < 5; ++i) step();
  EXPECT_EQ(citizens.well.data_schema, 4);
  EXPECT_EQ(store.settled(), schema().version);
  EXPECT_EQ(read_floor(folder / "floor"), (Floor{.secver = 3, .data_schema = 4}));
}

TEST_F(AnUpdate, ThatCannotReadTheRecordsIsRefused) {
  release(2, "system 2", 4);
  live();
  ASSERT_EQ(outcome(), "succeeded");
  release(3, "system 3", 3);
  live();
  EXPECT_EQ(state().poll.said, "release 2026.8.3: reads records up to 3, here they are 4");
  EXPECT_EQ(running(), "system 2");
  EXPECT_EQ(state().ended.size(), 1U);
}

TEST_F(AnUpdate, IsTheCureOfAGlassThatCannotSettle) {
  citizens.well.data_schema = 2;
  citizens.disk_full = true;
  for (int i = 0; i < 5; ++i) step();
  EXPECT_EQ(citizens.well.data_schema, 2);
  release(2, "system 2");
  live();
  EXPECT_EQ(outcome(), "succeeded");
  citizens.disk_full = false;
  for (int i = 0; i < 5; ++i) step();
  EXPECT_EQ(citizens.well.data_schema, 3);
}

}  // namespace
}  // namespace kiosk::updater
