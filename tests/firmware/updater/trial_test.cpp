// Trials that go on when something beside the new system goes wrong.

#include "firmware/updater/floor_file.hpp"
#include "tests/firmware/updater/machine.hpp"

namespace kiosk::updater {
namespace {

TEST(ATrialThatNobodyRemembers, IsBegunAnew) {
  Machine machine;
  machine.release(2, "it shows nothing");
  machine.go_to(Step::trial);
  machine.lose_ledger();
  machine.live();
  EXPECT_EQ(machine.outcome(), "rolled_back: no picture was drawn");
  EXPECT_EQ(machine.running(), "the factory's system");
  EXPECT_EQ(read_floor(machine.folder / "floor")->secver, 1) << "it was never committed";
}

TEST(ATrialThatNobodyRemembers, EndsWellForAGoodSystem) {
  Machine machine;
  machine.release(2, "system 2");
  machine.go_to(Step::trial);
  machine.lose_ledger();
  machine.step();
  EXPECT_EQ(machine.state().action->step, Step::trial);
  EXPECT_EQ(machine.state().action->release.version, "2026.8.2");
  machine.live();
  EXPECT_EQ(machine.outcome(), "succeeded");
  EXPECT_EQ(machine.state().floor, 2);
}

TEST(ATrialThatNobodyRemembers, IsNoneOnAMachineThatNeverKeptAFloor) {
  Machine machine;
  machine.live(3h);
  EXPECT_EQ(machine.outcome(), "none");
  EXPECT_EQ(read_floor(machine.folder / "floor")->secver, 1) << "what came from the factory is committed";
}

TEST(ATrial, IsJudgedAfterAnHourAlsoWhenSomebodySeemsToBeThereForEver) {
  Machine machine;
  machine.release(2, "it loses the printer");
  machine.go_to(Step::trial);
  machine.citizens.now = {.somebody = true};  // a reader that says so, and no card is in it
  machine.live();
  EXPECT_EQ(machine.outcome(), "rolled_back: receipt_printer worked before and does not now");
  EXPECT_EQ(machine.running(), "the factory's system");
}

TEST(ATrial, OnADiskThatIsFullEndsOnASystemThatWorks) {
  Machine machine;
  machine.release(2, "it shows nothing");
  machine.go_to(Step::trial);
  machine.store.fill_disk();
  for (int start = 0; start < hal::most_tries; ++start) {
    for (int i = 0; i < 100; ++i) machine.step();
    ASSERT_FALSE(machine.power.restart_asked) << "nothing can be kept, so nothing is done";
    machine.power_on();  // by image/root/guard, which sees that nobody judges it
  }
  EXPECT_EQ(machine.running(), "the factory's system");
  machine.store.fill_disk(false);
  machine.live();
  EXPECT_TRUE(machine.outcome().starts_with("rolled_back: ")) << machine.outcome();
  EXPECT_EQ(machine.state().floor, 0);
}

}  // namespace
}  // namespace kiosk::updater
