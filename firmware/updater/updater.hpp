#pragma once
// The updater: looks at what is kept and at the machine, asks the policy what to do next, and does that one
// thing.

#include <filesystem>
#include <functional>
#include <string>

#include "firmware/updater/ledger.hpp"
#include "hal/power.hpp"
#include "hal/release_mirror.hpp"

namespace kiosk::updater {

/// What it works with.
struct Parts {
  hal::ReleaseMirror& mirror;
  hal::Slots& slots;
  hal::CitizensSide& citizens;
  hal::Power& power;
  const Clock& clock;
  Random& random;
};

/// Where it works, and from what it begins to believe.
struct Place {
  std::filesystem::path folder;  ///< its own: the bundle while it comes, the second copy of the floor
  std::string shipped_root;      ///< see update::Start
  WallTime built;
  std::chrono::minutes poll_every{60};
  std::int64_t keep_free = 512 << 20;  ///< bytes of the disk that no bundle may take from the records

  std::filesystem::path bundle() const { return folder / "bundle.raucb"; }
  std::filesystem::path floor() const { return folder / "floor"; }
};

/// For who looks on. Called on the updater's thread.
struct Told {
  std::function<void(const Action&)> changed = [](const Action&) {};
  /// The mirror is about to be asked, which may take as long as its line likes. A stop from here to the end
  /// of the step costs nothing but another try.
  std::function<void()> asking = [] {};
  /// Of a download or an installation: 0 to 1000.
  std::function<void(Step, int permille)> progress = [](Step, int) {};
  /// Nothing can be done just now, and why.
  std::function<void(const std::string& why)> waiting = [](const std::string&) {};
};

class Updater {
 public:
  /// What they refer to outlives it.
  Updater(Parts parts, Place place, Rules rules, Told told = {});

  /// Does the next thing, and answers for how long nothing is due then. Whoever calls may end, or lose its
  /// power, at any moment: the next call, also of another program, goes on. The work of one kiosk is done by
  /// one program at a time: see Turn. Blocks for as long as the thing takes: an installation for minutes.
  /// Errors: `cancelled`, `timed_out` as the Wait says · `storage`, and what hal::Slots says: nothing is
  /// lost, try again later. What goes wrong with a release is no error but kept as what became of it.
  Result<std::chrono::milliseconds> step(hal::Store& store, const Wait& wait);

  /// Looks at the mirror once, due or not, and takes up what it offers. Answers what came of it: what
  /// update::refresh or update::release_for say, `refused` it was tried here and is not tried again.
  Result<Choice> poll(hal::Store& store, const Wait& wait);

 private:
  Result<Facts> look(const State& state, const Ledger& ledger, const Wait& wait);
  Result<State> remember(Ledger& ledger);
  Result<void> keep_floor(Ledger& ledger, State& state, const Facts& facts);

  Parts parts_;
  Place place_;
  Rules rules_;
  Told told_;
  /// Since when the citizens' side says nothing, in time since the machine's start.
  std::optional<std::chrono::milliseconds> silent_since_;
};

}  // namespace kiosk::updater
