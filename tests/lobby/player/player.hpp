#pragma once
// A pair of hands that plays a scenario on the glass and in the hall.

#include <filesystem>
#include <memory>

#include "tests/lobby/glass/glass_view.hpp"
#include "tests/lobby/hall/station.hpp"
#include "tests/lobby/player/album.hpp"
#include "tests/lobby/player/scenario.hpp"
#include "tests/lobby/player/stopwatch.hpp"

namespace kiosk::lobby {

/// Plays on the caller's thread. Its hands are a person's: no two touches closer than the kiosk takes for
/// two.
class Player {
 public:
  /// `folder` gets a picture of every page; empty: none is taken.
  Player(GlassView& glass, const Stations& stations, const std::filesystem::path& folder);
  ~Player();

  /// Blocks for one act. Errors say which line and why: `timed_out` what was waited for did not come (20 s),
  /// `refused` by a knob or because the page has no such node, `cancelled`.
  Result<void> play(const Act& act, const Wait& wait);

  /// All of them.
  Result<void> play(const Scenario& scenario, const Wait& wait);

  /// What the machine took for each step so far: see Stopwatch::report().
  nlohmann::json times() const { return stopwatch_.report(); }

  /// Leaves timing.json, the slips as slip-1.png, the A4 jobs as pages-1.pdf and the newest case as case.json
  /// in the folder.
  void collect();

 private:
  Result<void> await_page(const Act& act, const Wait& wait);
  Result<void> tap(const std::string& id, const Wait& wait);
  Result<void> type(const Act& act, const Wait& wait);
  Result<void> sign(const Act& act, const Wait& wait);
  Result<void> turn(const Act& act, const Wait& wait);
  Result<void> see(const Act& act, const Wait& wait);
  Result<void> expect(const Act& act, const Wait& wait);
  Result<nlohmann::json> node(const std::string& id, const Wait& wait);
  void take_picture(const ShownPage& page);
  Result<void> read_on_to(const std::string& id, const Wait& wait);
  void save(const std::string& station, const std::string& exhibit, const std::string& as);

  GlassView& glass_;
  const Stations& stations_;
  std::filesystem::path folder_;
  std::unique_ptr<Album> album_;
  Stopwatch stopwatch_;
  Steady::time_point touched_at_;
};

}  // namespace kiosk::lobby
