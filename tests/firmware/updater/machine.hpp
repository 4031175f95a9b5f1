#pragma once
// A kiosk with two systems, a mirror and a hall, on which the updater works through a simulated time. What
// lies on its disk outlives a power cut; the updater does not.

#include <string>

#include <gtest/gtest.h>

#include "firmware/updater/updater.hpp"
#include "tests/firmware/update/repository.hpp"
#include "tests/firmware/updater/cutting_store.hpp"
#include "tests/support/fake_citizens_side.hpp"
#include "tests/support/fake_power.hpp"
#include "tests/support/fake_slots.hpp"
#include "tests/support/set_clock.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::updater {

using namespace std::chrono_literals;

class Machine {
 public:
  Machine();

  /// Releases a system of this secver: its content says how it behaves, see behave(). Its program knows the
  /// records up to `data_schema`, and does not run over newer ones.
  void release(std::int64_t secver, const std::string& content, std::int64_t data_schema = 3);
  /// The same bundle, for kiosks up to this ring from now on.
  void widen(int ring);
  /// The kiosk's own ring; it is started anew, as after any change of its configuration.
  void put_into_ring(int ring);
  /// The bundle's file is another one than the metadata say, of the same length or not.
  void put_bundle(const std::string& file);

  /// The updater runs, through restarts, until nothing is under way or `span` has passed.
  void live(std::chrono::milliseconds span = std::chrono::hours(48));
  /// One step of it; time passes as far as it says.
  void step();
  /// The machine starts anew, by the boot loader's choice.
  void power_on();
  /// The power goes at the n-th moment (from 0) from now on at which something changes on the disk.
  void cut_at(int n);
  /// live() until the cut, then on; false: the cut was never reached.
  bool live_through_cut(int n);

  State state() { return Ledger(store).state().value(); }
  /// live() until the cut, and the start after it; false: the cut was never reached.
  bool live_until_cut(int n);
  /// Steps until the action is at this one.
  void go_to(Step step);
  /// It is ten in the morning in the hall, and nothing was done since.
  void wait_for_morning();
  /// The store is gone, as after damage that nobody could mend.
  void lose_ledger();
  /// The window is always open.
  void install_at_once();
  /// So many bytes of the disk no bundle may take.
  void keep_free(std::int64_t bytes);

  /// Of the newest action: "rolled_back: no picture was drawn"; "none" without one.
  std::string outcome();
  std::string running() const;  ///< the content of what runs
  int installs(const std::string& content) const;
  /// What must hold at every moment: something starts, and the floor does not fall.
  void check_invariants();

  update::Repository repository{"2027-09-01T00:00:00Z"};
  testing::FakeReleaseMirror mirror;
  testing::FakeSlots slots;
  testing::FakeCitizensSide citizens;
  testing::FakePower power;
  testing::SetClock clock{*update::read_time("2026-08-01T02:00:00Z")};  // ten in the morning in the hall
  SystemRandom random;
  testing::MemoryStore store{schema()};
  testing::TemporaryFolder folder;
  std::string shipped_root;
  Rules rules{.kiosk = "K3", .compatible = "kiosk-x86"};
  Told told;
  Wait patience;                        ///< of every step
  hal::Vitals healthy = citizens.well;  ///< the citizens' side as a good system has it
  int starts = 0;
  std::vector<Step> seen;  ///< every step that was kept, in order

 private:
  void behave();
  void make_updater();

  std::function<void()> moment_ = [] {};
  CuttingStore cutting_{store, moment_};
  std::optional<Updater> updater_;
  std::chrono::milliseconds since_start_{};
  std::int64_t keep_free_ = 0;
  std::int64_t highest_floor_ = 0;
};

}  // namespace kiosk::updater
