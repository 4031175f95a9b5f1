// Releases that are signed as they should be and are no good: all of them end where they began, with the
// reason, and are not tried again.

#include "tests/firmware/updater/machine.hpp"

namespace kiosk::updater {
namespace {

struct Poison {
  const char* system;  ///< how it behaves: see Machine::behave
  const char* reason;
};

class APoisonedRelease : public ::testing::TestWithParam<Poison> {};

TEST_P(APoisonedRelease, EndsOnTheOldSystemWithTheReason) {
  Machine machine;
  machine.release(2, GetParam().system);
  machine.live();
  EXPECT_EQ(machine.outcome(), std::string("rolled_back: ") + GetParam().reason);
  EXPECT_EQ(machine.running(), "the factory's system");
  EXPECT_EQ(machine.starts, 1 + hal::most_tries) << "three tries, and back";
  EXPECT_EQ(machine.state().floor, 0);
  const auto slots = machine.slots.look({}).value();
  EXPECT_EQ(slots.first, hal::Slot::a);
  EXPECT_TRUE(slots.of(hal::Slot::b).bad);
  EXPECT_FALSE(machine.citizens.closed_for());

  machine.live(72h);
  EXPECT_EQ(machine.state().ended.size(), 1U) << "it is not tried again";
  EXPECT_EQ(machine.state().poll.said, "2026.8.2 was tried here and is not tried again");
  machine.release(3, "system 3");
  machine.live();
  EXPECT_EQ(machine.outcome(), "succeeded") << "another one is";
  EXPECT_EQ(machine.running(), "system 3");
}

INSTANTIATE_TEST_SUITE_P(
    All, APoisonedRelease,
    ::testing::Values(Poison{"it panics", "the new system did not start"},
                      Poison{"it hangs", "the new system did not start"},
                      Poison{"it crash-loops", "the program on the glass has run for less than 3 minutes"},
                      Poison{"it is silent", "the program on the glass does not answer"},
                      Poison{"it shows nothing", "no picture was drawn"},
                      Poison{"it loses the printer", "receipt_printer worked before and does not now"},
                      Poison{"it breaks the records", "the records were damaged and begun anew"},
                      Poison{"it loses the registry", "the registry was reached before and is not now"}));

TEST(ATrial, IsBoundedEvenWhenTheBootLoaderForgetsToCount) {
  Machine machine;
  machine.release(2, "it shows nothing");
  for (int i = 0; i < 3000 && machine.outcome().find("rolled_back") != 0; ++i) {
    machine.slots.forget_tries(hal::Slot::b);
    machine.step();
  }
  EXPECT_EQ(machine.outcome(), "rolled_back: no picture was drawn");
  EXPECT_EQ(machine.starts, 1 + hal::most_tries);
}

TEST(ATrial, SurvivesTwoPowerCuts) {
  Machine machine;
  machine.release(2, "system 2");
  const auto live_to_trial = [&] {
    for (int i = 0; i < 3000; ++i) {
      const auto state = machine.state();
      if (state.action && state.action->step == Step::trial) return;
      machine.step();
    }
  };
  live_to_trial();
  machine.power_on();
  live_to_trial();
  machine.power_on();
  machine.live();
  EXPECT_EQ(machine.outcome(), "succeeded");
}

TEST(ATrial, IsOverWithTheThirdPowerCut) {
  Machine machine;
  machine.release(2, "system 2");
  for (int i = 0; i < 3000 && machine.starts == 0; ++i) machine.step();
  for (int i = 0; i < 3; ++i) machine.power_on();
  EXPECT_EQ(machine.running(), "the factory's system");
  machine.live();
  EXPECT_EQ(machine.outcome(), "rolled_back: the new system did not start");
}

TEST(ATrial, NeverInterruptsACitizen) {
  Machine machine;
  machine.release(2, "it loses the printer");
  for (int i = 0; i < 3000 && machine.starts == 0; ++i) machine.step();
  machine.citizens.now = {.somebody = true};
  machine.live(50min);
  EXPECT_EQ(machine.starts, 1) << "its gate failed long ago, and somebody is still there";
  machine.citizens.now = {};
  machine.live();
  EXPECT_EQ(machine.outcome(), "rolled_back: receipt_printer worked before and does not now");
}

TEST(ATrial, IsNoReasonToServeWithoutASystem) {
  Machine machine;
  machine.release(2, "system 2");
  machine.live();
  machine.release(3, "it shows nothing");
  for (int i = 0; i < 3000 && machine.running() != "it shows nothing"; ++i) machine.step();
  machine.slots.fail_activations(Error{Errc::refused, "never installed to its end"});
  machine.live();
  EXPECT_EQ(machine.outcome(), "failed: no picture was drawn; and there is no other system");
  machine.live(3h);
  EXPECT_EQ(machine.running(), "it shows nothing");
  EXPECT_EQ(machine.state().ended.size(), 2U) << "and it is not tried again and again";
  EXPECT_EQ(machine.state().floor, 3);
}

TEST(AnInstallation, IsTriedThreeTimesAndThenGivenUp) {
  Machine machine;
  machine.release(2, "system 2");
  machine.slots.fail_installs(Error{Errc::storage, "I/O error"});
  machine.live(72h);
  EXPECT_EQ(machine.outcome(), "failed: I/O error");
  EXPECT_EQ(machine.starts, 0);
  EXPECT_FALSE(machine.citizens.closed_for());
}

TEST(AnInstallation, IsNotStartedWhenTheDiskTookOtherBytes) {
  Machine machine;
  machine.release(2, "system 2");
  machine.slots.break_disk();
  machine.live(72h);
  EXPECT_EQ(machine.outcome(), "failed: rootfs: another hash");
  EXPECT_EQ(machine.starts, 0);
  EXPECT_EQ(machine.slots.look({})->first, hal::Slot::a);
}

TEST(ABundle, OfNobodyWhomTheSystemBelievesIsNotInstalledEvenIfItWasReleased) {
  Machine machine;
  machine.release(2, "system 2");
  auto file = testing::FakeSlots::bundle({"2026.8.2", 2, 3}, "system 2");
  file.replace(file.find("believed"), 8, "unknown!");
  machine.repository.release("os/kiosk.raucb", file, update::custom(2));
  machine.put_bundle(file);
  machine.repository.publish_next(machine.mirror,
                                  {update::Role::targets, update::Role::snapshot, update::Role::timestamp});
  machine.live();
  EXPECT_EQ(machine.outcome(), "failed: signed by nobody whom this system believes");
  EXPECT_FALSE(machine.citizens.was_closed());
}

TEST(ABundle, ThatIsAnotherOneThanItsReleaseSaysIsNotInstalled) {
  for (const auto& file : {testing::FakeSlots::bundle({"2026.8.1", 1, 3}, "system 1"),
                           testing::FakeSlots::bundle({"2026.8.2", 2, 3}, "system 2", "kiosk-arm")}) {
    Machine machine;
    machine.repository.release("os/kiosk.raucb", file, update::custom(2));
    machine.put_bundle(file);
    machine.repository.publish_next(machine.mirror,
                                    {update::Role::targets, update::Role::snapshot, update::Role::timestamp});
    machine.live();
    EXPECT_TRUE(machine.outcome().starts_with("failed: the bundle is ")) << machine.outcome();
    EXPECT_FALSE(machine.citizens.was_closed());
  }
}

}  // namespace
}  // namespace kiosk::updater
