#pragma once
// What every hal::Slots does. Run over a new kind of disk with INSTANTIATE_TYPED_TEST_SUITE_P(Name,
// SlotsConformance, D) where D is a kiosk whose system A runs and has secver 1, and has
//   `hal::Slots& slots()`
//   `std::filesystem::path bundle(secver)`   one that is signed, of that secver, for data_schema 3
//   `std::filesystem::path unsigned_bundle()`, `std::filesystem::path no_bundle()`
//   `hal::Slot power_on()`                    the machine starts anew; which system runs then
//   `void cut_power_in_install(bundle)`       install() is begun, and the power goes in the middle of its
//   writing
//   `void break_boot_state()`                 a part of what the boot loader reads is no longer readable

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "hal/slots.hpp"

namespace kiosk::testing {

template <class Disk>
class SlotsConformance : public ::testing::Test {
 protected:
  hal::Slots& slots() { return disk_.slots(); }
  hal::SlotsState look() { return slots().look(wait()).value(); }
  hal::SlotState other() { return look().of(hal::other(look().running)); }
  Wait wait() const { return Wait::of(std::chrono::minutes(10)); }
  Result<void> install(const std::filesystem::path& bundle) {
    return slots().install(bundle, [](int) {}, wait());
  }
  void install_and_activate(std::int64_t secver) {
    ASSERT_TRUE(install(disk_.bundle(secver)));
    ASSERT_TRUE(slots().activate(hal::other(look().running)));
  }
  void expect_unchanged(const hal::SlotsState& before) {
    auto now = look();
    now.started_ago = before.started_ago;
    EXPECT_EQ(now, before);
  }
  /// Nothing of the system that runs was touched, and it starts again.
  void expect_running_system_untouched(const hal::SlotsState& before) {
    const auto after = look();
    EXPECT_EQ(after.running, before.running);
    EXPECT_EQ(after.first, before.running);
    EXPECT_EQ(after.of(after.running), before.of(before.running));
    EXPECT_EQ(disk_.power_on(), before.running);
  }

  Disk disk_;
};

TYPED_TEST_SUITE_P(SlotsConformance);

TYPED_TEST_P(SlotsConformance, SaysWhichSystemRuns) {
  const auto state = this->look();
  EXPECT_EQ(state.running, hal::Slot::a);
  EXPECT_EQ(state.first, hal::Slot::a);
  EXPECT_FALSE(state.start.empty());
  ASSERT_TRUE(state.of(hal::Slot::a).label);
  EXPECT_EQ(state.of(hal::Slot::a).label->secver, 1);
  EXPECT_FALSE(state.of(hal::Slot::a).bad);
}

TYPED_TEST_P(SlotsConformance, TellsOneStartFromAnother) {
  const auto before = this->look();
  EXPECT_EQ(this->look().start, before.start);
  this->disk_.power_on();
  EXPECT_NE(this->look().start, before.start);
}

TYPED_TEST_P(SlotsConformance, ReadsWhatABundleBrings) {
  const auto manifest = this->slots().inspect(this->disk_.bundle(2), this->wait());
  ASSERT_TRUE(manifest) << manifest.error().what;
  EXPECT_EQ(manifest->compatible, "kiosk-x86");
  EXPECT_EQ(manifest->label.secver, 2);
  EXPECT_EQ(manifest->label.data_schema, 3);
  ASSERT_FALSE(manifest->parts.empty());
  for (const auto& part : manifest->parts) {
    EXPECT_EQ(part.sha256.size(), 64U);
    EXPECT_GT(part.length, 0);
  }
}

TYPED_TEST_P(SlotsConformance, RefusesWhatIsNotSignedAndWhatIsNoBundle) {
  const auto before = this->look();
  const std::vector<std::pair<std::filesystem::path, Errc>> wrong{
      {this->disk_.unsigned_bundle(), Errc::refused},
      {this->disk_.no_bundle(), Errc::malformed},
      {"/nowhere/bundle", Errc::not_present}};
  for (const auto& [bundle, code] : wrong) {
    EXPECT_EQ(this->slots().inspect(bundle, this->wait()).error().code, code) << bundle;
    EXPECT_EQ(this->install(bundle).error().code, code) << bundle;
  }
  this->expect_unchanged(before);
  EXPECT_EQ(this->disk_.power_on(), before.running);
}

TYPED_TEST_P(SlotsConformance, InstallsBesideTheSystemThatRuns) {
  const auto before = this->look();
  const auto bundle = this->disk_.bundle(2);
  std::vector<int> seen;
  const auto installed =
      this->slots().install(bundle, [&](int permille) { seen.push_back(permille); }, this->wait());
  ASSERT_TRUE(installed) << installed.error().what;
  EXPECT_TRUE(std::ranges::is_sorted(seen));
  ASSERT_FALSE(seen.empty());
  EXPECT_EQ(seen.back(), 1000);
  EXPECT_TRUE(this->other().bad) << "it must not start before it was looked at";
  ASSERT_TRUE(this->other().label);
  EXPECT_EQ(this->other().label->secver, 2);
  const auto manifest = this->slots().inspect(bundle, this->wait()).value();
  EXPECT_TRUE(this->slots().read_back(manifest, this->wait()));
  this->expect_running_system_untouched(before);
}

TYPED_TEST_P(SlotsConformance, ReadsBackThatSomethingElseLiesThere) {
  const auto wanted = this->slots().inspect(this->disk_.bundle(3), this->wait()).value();
  EXPECT_EQ(this->slots().read_back(wanted, this->wait()).error().code, Errc::malformed);
  ASSERT_TRUE(this->install(this->disk_.bundle(2)));
  EXPECT_EQ(this->slots().read_back(wanted, this->wait()).error().code, Errc::malformed);
}

TYPED_TEST_P(SlotsConformance, StartsWhatWasActivated) {
  this->install_and_activate(2);
  const auto before = this->look();
  EXPECT_EQ(before.running, hal::Slot::a);
  EXPECT_EQ(before.first, hal::Slot::b);
  EXPECT_FALSE(this->other().bad);
  EXPECT_EQ(this->other().tries, 0);
  EXPECT_EQ(this->disk_.power_on(), hal::Slot::b);
  EXPECT_EQ(this->look().of(hal::Slot::b).tries, 1);
}

TYPED_TEST_P(SlotsConformance, ActivatesTwiceAsOnce) {
  this->install_and_activate(2);
  const auto once = this->look();
  ASSERT_TRUE(this->slots().activate(hal::Slot::b));
  EXPECT_EQ(this->look().first, once.first);
  EXPECT_EQ(this->look().of(hal::Slot::b), once.of(hal::Slot::b));
}

TYPED_TEST_P(SlotsConformance, GoesBackAfterThreeStartsThatNobodyCalledGood) {
  this->install_and_activate(2);
  for (int i = 0; i < hal::most_tries; ++i) EXPECT_EQ(this->disk_.power_on(), hal::Slot::b) << i;
  EXPECT_EQ(this->disk_.power_on(), hal::Slot::a);
  EXPECT_EQ(this->look().first, hal::Slot::b) << "which is first is said by whoever set it, not by the tries";
}

TYPED_TEST_P(SlotsConformance, StaysWithWhatIsGood) {
  this->install_and_activate(2);
  for (int i = 0; i < 2 * hal::most_tries; ++i) {
    EXPECT_EQ(this->disk_.power_on(), hal::Slot::b) << i;
    ASSERT_TRUE(this->slots().mark_good(hal::Slot::b));
    EXPECT_EQ(this->look().of(hal::Slot::b).tries, 0);
  }
}

TYPED_TEST_P(SlotsConformance, MendsTheBootLoadersState) {
  ASSERT_TRUE(this->slots().mark_good(hal::Slot::a));
  const auto before = this->look();
  EXPECT_FALSE(before.boot_state_broken);
  this->disk_.break_boot_state();
  EXPECT_TRUE(this->look().boot_state_broken);
  ASSERT_TRUE(this->slots().mark_good(hal::Slot::a));
  this->expect_unchanged(before);
}

TYPED_TEST_P(SlotsConformance, PassesOverWhatIsBad) {
  this->install_and_activate(2);
  ASSERT_TRUE(this->slots().mark_bad(hal::Slot::b));
  EXPECT_TRUE(this->other().bad);
  EXPECT_EQ(this->disk_.power_on(), hal::Slot::a);
  EXPECT_EQ(this->slots().mark_bad(hal::Slot::a).error().code, Errc::refused) << "nothing would start";
  EXPECT_EQ(this->disk_.power_on(), hal::Slot::a);
}

TYPED_TEST_P(SlotsConformance, NeverStartsWhatWasHalfWritten) {
  const auto before = this->look();
  const auto bundle = this->disk_.bundle(2);
  this->disk_.cut_power_in_install(bundle);
  EXPECT_EQ(this->disk_.power_on(), before.running);
  EXPECT_TRUE(this->other().bad);
  const auto manifest = this->slots().inspect(bundle, this->wait()).value();
  EXPECT_EQ(this->slots().read_back(manifest, this->wait()).error().code, Errc::malformed);
  EXPECT_EQ(this->slots().activate(hal::Slot::b).error().code, Errc::refused);
  EXPECT_EQ(this->disk_.power_on(), before.running);
  ASSERT_TRUE(this->install(bundle)) << "and it can be done again";
  EXPECT_TRUE(this->slots().read_back(manifest, this->wait()));
}

TYPED_TEST_P(SlotsConformance, ForgetsNothingOfAnActivatedSystemWhenAnotherIsWritten) {
  this->install_and_activate(2);
  ASSERT_EQ(this->disk_.power_on(), hal::Slot::b);
  ASSERT_TRUE(this->slots().mark_good(hal::Slot::b));
  const auto before = this->look();
  this->disk_.cut_power_in_install(this->disk_.bundle(3));
  EXPECT_EQ(this->disk_.power_on(), hal::Slot::b);
  EXPECT_EQ(this->look().of(hal::Slot::b).label, before.of(hal::Slot::b).label);
}

TYPED_TEST_P(SlotsConformance, DoesNothingWhenItIsStopped) {
  const auto before = this->look();
  std::stop_source stop;
  stop.request_stop();
  const Wait stopped{.stop = stop.get_token()};
  const auto bundle = this->disk_.bundle(2);
  EXPECT_EQ(this->slots().look(stopped).error().code, Errc::cancelled);
  EXPECT_EQ(this->slots().inspect(bundle, stopped).error().code, Errc::cancelled);
  EXPECT_EQ(this->slots().install(bundle, [](int) {}, stopped).error().code, Errc::cancelled);
  this->expect_unchanged(before);
}

REGISTER_TYPED_TEST_SUITE_P(SlotsConformance, SaysWhichSystemRuns, TellsOneStartFromAnother,
                            ReadsWhatABundleBrings, RefusesWhatIsNotSignedAndWhatIsNoBundle,
                            InstallsBesideTheSystemThatRuns, ReadsBackThatSomethingElseLiesThere,
                            StartsWhatWasActivated, ActivatesTwiceAsOnce,
                            GoesBackAfterThreeStartsThatNobodyCalledGood, StaysWithWhatIsGood,
                            MendsTheBootLoadersState, PassesOverWhatIsBad, NeverStartsWhatWasHalfWritten,
                            ForgetsNothingOfAnActivatedSystemWhenAnotherIsWritten,
                            DoesNothingWhenItIsStopped);

}  // namespace kiosk::testing
