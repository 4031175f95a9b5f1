// What goes wrong with the machine is not the release's fault: it is given up for a while, with the reason,
// and taken up again.

#include "tests/firmware/updater/machine.hpp"

namespace kiosk::updater {
namespace {

struct AFaultOfTheMachine : ::testing::Test, Machine {
  AFaultOfTheMachine() {
    install_at_once();
    release(2, "system 2");
  }
  void expect_given_up_for_now(const std::string& reason) {
    EXPECT_EQ(outcome(), "abandoned: " + reason);
    EXPECT_EQ(running(), "the factory's system");
    EXPECT_FALSE(citizens.closed_for());
  }
  void expect_taken_up_again() {
    live();
    EXPECT_EQ(outcome(), "succeeded");
    EXPECT_EQ(running(), "system 2");
  }
  /// The power goes when an installation is so far.
  void cut_installation_at(int permille) {
    told.progress = [permille](Step at, int done) {
      if (at == Step::install && done >= permille) throw PowerCut();
    };
    EXPECT_THROW(live(), PowerCut);
    told.progress = [](Step, int) {};
    power_on();
  }
};

TEST_F(AFaultOfTheMachine, MayBeAnInstallerThatDoesNotAnswer) {
  slots.fail_installs(Error{Errc::unreachable, "installer: no answer"});
  live();
  expect_given_up_for_now("installer: no answer");
  slots.fail_installs(std::nullopt);
  expect_taken_up_again();
}

TEST_F(AFaultOfTheMachine, MayBeAnInstallerThatHangs) {
  slots.hang_installs();
  live();
  expect_given_up_for_now("the installer did not end within 60 minutes");
  slots.hang_installs(false);
  expect_taken_up_again();
}

TEST_F(AFaultOfTheMachine, MayBeASecondGateThatCannotReadTheFloor) {
  slots.fail_installs(Error{Errc::refused, "Pre-install handler error: Child process exited with code 1"});
  live();
  expect_given_up_for_now("Pre-install handler error: Child process exited with code 1");
  slots.fail_installs(std::nullopt);
  expect_taken_up_again();
}

TEST_F(AFaultOfTheMachine, MayBeABootStateThatCannotBeWritten) {
  slots.fail_activations(Error{Errc::storage, "I/O error"});
  live();
  expect_given_up_for_now("I/O error");
  slots.fail_activations(std::nullopt);
  expect_taken_up_again();
}

TEST_F(AFaultOfTheMachine, MayBeAStopInTheMiddleOfTheInstallation) {
  for (int stops = 0; stops < 3; ++stops) {
    go_to(Step::install);
    std::stop_source service;
    patience.stop = service.get_token();
    told.progress = [&](Step, int) { service.request_stop(); };
    while (!service.stop_requested()) step();
    told.progress = [](Step, int) {};
    patience = {};
  }
  while (state().action) step();
  expect_given_up_for_now("the installation was cut off");
  expect_taken_up_again();
}

TEST_F(AFaultOfTheMachine, MayBeThePowerThatGoesInEveryInstallation) {
  for (int cuts = 0; cuts < 3; ++cuts) cut_installation_at(500);
  live();
  expect_given_up_for_now("the installation was cut off");
  expect_taken_up_again();
}

TEST_F(AFaultOfTheMachine, IsNoneWhenTheLastInstallationWasWholeAfterAll) {
  for (int cuts = 0; cuts < 2; ++cuts) cut_installation_at(500);
  cut_installation_at(1000);
  live();
  EXPECT_EQ(outcome(), "succeeded");
  EXPECT_EQ(state().ended.size(), 1U);
  EXPECT_EQ(installs("system 2"), 1);
}

TEST_F(AFaultOfTheMachine, DoesNotMakeABadDiskAGoodOne) {
  cut_installation_at(500);
  slots.fail_installs(Error{Errc::storage, "I/O error"});
  live();
  EXPECT_EQ(outcome(), "abandoned: I/O error") << "two of three were the disk's";
  live();
  EXPECT_EQ(outcome(), "failed: I/O error");
}

TEST_F(AFaultOfTheMachine, MayBeARegistryThatIsDownForTheOldSystemToo) {
  go_to(Step::trial);
  healthy.registry_reached = false;
  live();
  expect_given_up_for_now("the registry was reached before and is not now");
  healthy.registry_reached = true;
  expect_taken_up_again();
}

TEST_F(AFaultOfTheMachine, IsNotTheRegistryThatComesBackWithTheOldSystem) {
  go_to(Step::trial);
  healthy.registry_reached = false;
  while (running() == "system 2") step();
  for (int i = 0; i < 5; ++i) step();
  EXPECT_TRUE(state().action) << "it has hardly asked for it yet";
  healthy.registry_reached = true;
  live();
  EXPECT_EQ(outcome(), "rolled_back: the registry was reached before and is not now");
}

}  // namespace
}  // namespace kiosk::updater
