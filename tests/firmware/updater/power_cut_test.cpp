// The power goes once at every moment at which something changes on the disk, and the kiosk goes on.

#include "tests/firmware/updater/machine.hpp"

namespace kiosk::updater {
namespace {

/// The power is cut once at each moment of an update to `system`, or at each `stride`-th from `first` on;
/// `check` looks at what became of it. Answers how often it was cut.
int cut_everywhere(const std::string& system, void (*check)(Machine& machine), int first = 0,
                   int stride = 1) {
  int cuts = 0;
  for (int n = first;; n += stride, ++cuts) {
    SCOPED_TRACE("cut at moment " + std::to_string(n));
    Machine machine;
    machine.install_at_once();
    machine.release(2, system);
    if (!machine.live_through_cut(n)) return cuts;
    check(machine);
    if (::testing::Test::HasFailure()) return cuts;
  }
}

TEST(PowerCut, AtAnyMomentOfAGoodUpdateEndsWithTheNewSystemInstalledOnce) {
  const auto cuts = cut_everywhere("system 2", [](Machine& machine) {
    EXPECT_EQ(machine.outcome(), "succeeded");
    EXPECT_EQ(machine.running(), "system 2");
    EXPECT_EQ(machine.installs("system 2"), 1);
    EXPECT_EQ(machine.state().floor, 2);
    EXPECT_EQ(machine.slots.look({})->first, hal::Slot::b);
    EXPECT_FALSE(machine.citizens.closed_for());
    EXPECT_EQ(machine.state().ended.size(), 1U) << "one action, one row";
  });
  RecordProperty("cuts", cuts);
  EXPECT_GT(cuts, 40);
}

struct Bad {
  const char* system;
  int share;  ///< of three: its trials last long
};
class ABadUpdate : public ::testing::TestWithParam<Bad> {};

TEST_P(ABadUpdate, EndsWithTheOldSystemWhereverThePowerGoes) {
  const auto check = [](Machine& machine) {
    EXPECT_TRUE(machine.outcome().starts_with("rolled_back: ")) << machine.outcome();
    EXPECT_EQ(machine.running(), "the factory's system");
    EXPECT_LE(machine.installs("it shows nothing") + machine.installs("it panics"), 1);
    EXPECT_EQ(machine.state().floor, 0);
    EXPECT_EQ(machine.slots.look({})->first, hal::Slot::a);
    EXPECT_LE(machine.starts, 3 + hal::most_tries);
  };
  const auto cuts = cut_everywhere(GetParam().system, check, GetParam().share, 3);
  RecordProperty("cuts", cuts);
  EXPECT_GT(cuts, 12);
}

INSTANTIATE_TEST_SUITE_P(Silent, ABadUpdate,
                         ::testing::Values(Bad{"it shows nothing", 0}, Bad{"it shows nothing", 1},
                                           Bad{"it shows nothing", 2}));
INSTANTIATE_TEST_SUITE_P(Panics, ABadUpdate,
                         ::testing::Values(Bad{"it panics", 0}, Bad{"it panics", 1}, Bad{"it panics", 2}));

TEST(PowerCut, AgainAndAgainAtTheSameDistanceStillEnds) {
  for (int distance = 1; distance < 60; distance += 5) {
    SCOPED_TRACE(distance);
    Machine machine;
    machine.install_at_once();
    machine.release(2, "system 2");
    int cuts = 0;
    while (cuts < 4 && machine.live_until_cut(distance)) ++cuts;
    machine.live();
    EXPECT_FALSE(machine.state().action) << machine.outcome();
    EXPECT_LE(machine.installs("system 2"), 2);
    EXPECT_EQ(machine.outcome(), "succeeded") << "the power is not the release's fault";
  }
}

TEST(PowerCut, WhileTheRecordsAreSettledLeavesNoneThatAReleaseIsWronglyChosenFor) {
  for (int moment = 0; moment < 9; ++moment) {
    SCOPED_TRACE(moment);
    Machine machine;
    machine.citizens.well.data_schema = 2;
    ASSERT_TRUE(machine.live_until_cut(moment));
    EXPECT_GE(std::max(machine.state().data_schema, std::int64_t{2}), machine.citizens.well.data_schema);
    machine.live(10min);
    EXPECT_EQ(machine.citizens.well.data_schema, 3);
    EXPECT_EQ(machine.state().data_schema, 3);
    EXPECT_EQ(machine.store.settled(), schema().version);
  }
}

TEST(AFullDisk, StopsNothingButTheUpdate) {
  Machine machine;
  machine.release(2, "system 2");
  for (int i = 0; i < 200; ++i) {
    machine.store.fill_disk(i % 3 != 0);
    machine.step();
  }
  machine.store.fill_disk(false);
  machine.live();
  EXPECT_EQ(machine.outcome(), "succeeded");
  EXPECT_EQ(machine.installs("system 2"), 1);
}

TEST(ADisk, WithoutRoomForTheBundleKeepsItsRoomForTheRecords) {
  Machine machine;
  machine.release(2, "system 2");
  machine.keep_free(std::int64_t{1} << 60);
  machine.live(3h);
  EXPECT_EQ(machine.state().action->step, Step::download);
  EXPECT_NE(machine.state().action->reason.find("of the disk are free"), std::string::npos)
      << machine.state().action->reason;
  EXPECT_FALSE(std::filesystem::exists(machine.folder / "bundle.raucb"));
  machine.keep_free(0);
  machine.live();
  EXPECT_EQ(machine.outcome(), "succeeded");
}

}  // namespace
}  // namespace kiosk::updater
