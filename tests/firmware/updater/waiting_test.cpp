// While an update waits for its night the kiosk goes on as if there was none, and what was released may
// change.

#include "tests/firmware/updater/machine.hpp"

namespace kiosk::updater {
namespace {

using update::Role;

/// A kiosk on its second system, with an older one in the other slot, and a third release chosen in the
/// morning.
struct AWaitingUpdate : ::testing::Test, Machine {
  AWaitingUpdate() {
    release(2, "system 2");
    live();
    wait_for_morning();
    release(3, "system 3");
  }
  void expect_the_same_system_after_each_evening() {
    for (int evening = 0; evening < 5; ++evening) {
      power_on();
      for (int i = 0; i < 5; ++i) step();
      EXPECT_EQ(running(), "system 2") << "and not the one before, which is below the floor";
      EXPECT_EQ(slots.look({})->of(hal::Slot::b).tries, 0);
    }
  }
};

TEST_F(AWaitingUpdate, CostsTheSystemThatRunsNoTries) {
  go_to(Step::install);
  expect_the_same_system_after_each_evening();
  EXPECT_EQ(state().action->step, Step::install);
}

TEST_F(AWaitingUpdate, CostsNoTriesEitherWhileItIsDownloaded) {
  go_to(Step::download);
  mirror.fail_with(Error{Errc::unreachable, "cut off"});
  expect_the_same_system_after_each_evening();
  EXPECT_EQ(state().action->step, Step::download);
}

TEST_F(AWaitingUpdate, LeavesTheBootLoadersStateMended) {
  go_to(Step::install);
  slots.break_boot_state();
  for (int i = 0; i < 5; ++i) step();
  EXPECT_FALSE(slots.look({})->boot_state_broken);
}

TEST_F(AWaitingUpdate, ThatIsWithdrawnIsGivenUpAlsoWhenTheNextBestWasRolledBackHere) {
  release(3, "it panics");
  live();
  ASSERT_EQ(state().ended.back().outcome, Outcome::rolled_back);
  wait_for_morning();
  release(4, "system 4");
  go_to(Step::install);
  release(3, "it panics");
  live();
  EXPECT_EQ(outcome(), "abandoned: it is no longer offered");
  EXPECT_EQ(state().poll.said, "2026.8.3 was tried here and is not tried again");
  EXPECT_EQ(installs("system 4"), 0);
}

TEST_F(AWaitingUpdate, IsNotConfirmedByAClockThatWasSetBack) {
  go_to(Step::install);
  mirror.fail_with(Error{Errc::unreachable, "cut off"});
  clock.advance(-240h);
  live(72h);
  EXPECT_EQ(state().action->step, Step::install);
  EXPECT_EQ(installs("system 3"), 0);
  mirror.fail_with(std::nullopt);
  live();
  EXPECT_EQ(outcome(), "succeeded");
}

}  // namespace
}  // namespace kiosk::updater
