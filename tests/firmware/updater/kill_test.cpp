// The updater's program killed right before each system call that changes a file: with the real store, the
// real mirror folder, and the bundle, the floor and the ledger as files on a disk.

#include "tests/support/kill.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "drivers/mirror_folder/mirror_folder.hpp"
#include "drivers/sqlite/sqlite.hpp"
#include "firmware/updater/floor_file.hpp"
#include "firmware/updater/turn.hpp"
#include "hal/base/file.hpp"
#include "hal/base/log.hpp"
#include "tests/firmware/updater/machine.hpp"

namespace kiosk::updater {
namespace {

using testing::End;
using testing::run_and_kill;

/// A kiosk whose whole memory is a folder.
class OnDisk {
 public:
  explicit OnDisk(const Machine& released) : root_(released.shipped_root) {
    for (const auto& [path, text] : released.mirror.files) {
      std::filesystem::create_directories((folder_ / "mirror" / path).parent_path());
      EXPECT_TRUE(replace_file(folder_ / "mirror" / path, text));
    }
    save(testing::FakeSlots());
  }

  testing::FakeSlots slots() const {
    testing::FakeSlots slots;
    slots.restore(read_file(folder_ / "disk", 1 << 20).value());
    return slots;
  }
  void save(const testing::FakeSlots& slots) const {
    EXPECT_TRUE(replace_file(folder_ / "disk", slots.saved()));
  }
  void power_on() const {
    auto disk = slots();
    ASSERT_TRUE(disk.power_on()) << "nothing starts";
    save(disk);
  }
  std::unique_ptr<hal::Store> store() const {
    return drivers::make_sqlite(folder_ / "updater.db", PersonalBytes(Bytes(32, 7)), schema()).value();
  }
  State state() const {
    const auto opened = store();
    return Ledger(*opened).state().value();
  }
  std::int64_t floor() const { return std::max(state().floor, read_floor(folder_ / "floor")->secver); }

  /// The updater's program, until it asks for a restart or has nothing to do.
  void run() const {
    auto disk = slots();
    disk.writes = [&] { save(disk); };
    const auto turn = Turn::take(folder_.path(), "the update service");
    if (!turn) _exit(3);
    const auto mirror = drivers::make_mirror_folder(folder_ / "mirror");
    testing::FakeCitizensSide citizens;
    testing::FakePower power;
    testing::SetClock clock{*update::read_time("2026-08-01T02:00:00Z")};
    SystemRandom random;
    Updater updater({*mirror, disk, citizens, power, clock, random},
                    {.folder = folder_.path(), .shipped_root = root_, .keep_free = 0},
                    {.kiosk = "K3", .compatible = "kiosk-x86", .window = {.opens = 0min, .closes = 0min}});
    const auto records = store();
    for (int i = 0; i < 200; ++i) {
      const auto pause = updater.step(*records, {});
      if (!pause) _exit(4);
      if (power.restart_asked) return;
      if (*pause > 10min) return;
      clock.advance(*pause);
    }
    _exit(5);
  }

 private:
  testing::TemporaryFolder folder_;
  std::string root_;
};

/// Kills one change of one of the machine's starts, and lives on to the end. All changes are shared out among
/// tests that run beside each other.
constexpr int shares = 4;
struct Cut {
  int start;  ///< 0: the one that installs; 1: the one on trial
  int share;
};
class AKilledUpdater : public ::testing::TestWithParam<Cut> {};

TEST_P(AKilledUpdater, GoesOnWhereItWas) {
  log::set_sink([](log::Level, std::string_view) {});
  Machine release;
  release.release(2, "system 2");
  int cuts = 0;
  for (int n = 1 + GetParam().share;; n += shares) {
    SCOPED_TRACE("before change " + std::to_string(n));
    const OnDisk kiosk(release);
    for (int start = 0; start < GetParam().start; ++start) {
      ASSERT_EQ(run_and_kill([&] { kiosk.run(); }, 0), End::finished);
      kiosk.power_on();
    }
    const auto end = run_and_kill([&] { kiosk.run(); }, n);
    ASSERT_NE(end, End::cannot_trace) << "this machine does not allow ptrace: nothing can be cut";
    ASSERT_NE(end, End::failed);
    const auto floor = kiosk.floor();
    for (int start = 0; start < 4; ++start) {
      kiosk.power_on();
      ASSERT_EQ(run_and_kill([&] { kiosk.run(); }, 0), End::finished);
      EXPECT_GE(kiosk.floor(), floor);
      const auto state = kiosk.state();
      if (!state.action && !state.ended.empty()) break;
    }
    const auto state = kiosk.state();
    ASSERT_EQ(state.ended.size(), 1U);
    EXPECT_EQ(state.ended[0].outcome, Outcome::succeeded) << state.ended[0].reason;
    EXPECT_EQ(kiosk.floor(), 2);
    const auto disk = kiosk.slots();
    EXPECT_EQ(disk.content(hal::Slot::b), "system 2");
    EXPECT_EQ(disk.installed().at("system 2"), 1);
    if (HasFailure()) return;
    if (end == End::finished) break;
    ++cuts;
  }
  RecordProperty("cuts", cuts);
  EXPECT_GT(cuts, 10) << "the child must have been killed at many places, or this test proves nothing";
}

INSTANTIATE_TEST_SUITE_P(BeforeTheRestart, AKilledUpdater,
                         ::testing::Values(Cut{0, 0}, Cut{0, 1}, Cut{0, 2}, Cut{0, 3}));
INSTANTIATE_TEST_SUITE_P(OnTrial, AKilledUpdater,
                         ::testing::Values(Cut{1, 0}, Cut{1, 1}, Cut{1, 2}, Cut{1, 3}));

}  // namespace
}  // namespace kiosk::updater
