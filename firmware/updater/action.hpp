#pragma once
// One update of this kiosk, from the release that was chosen to what became of it. One row in the store.

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "firmware/update/release.hpp"
#include "hal/citizens_side.hpp"
#include "hal/slots.hpp"

namespace kiosk::updater {

using update::Line;

/// Where an action stands: what is to be done next, and what was done before. Each is left in one
/// transaction, after its work; its work done twice is its work done once.
enum class Step {
  download,   ///< bring the bundle and verify it whole
  install,    ///< in a quiet hour, write it into the slot that does not run
  read_back,  ///< compare what is on the disk with what was signed
  activate,   ///< make that slot first
  restart,    ///< start the machine anew
  trial,      ///< the new system runs and must show that it is well
  commit,     ///< it is: mark it good, raise the floor
  fall_back,  ///< it is not, and had its tries: make the other slot first, and start anew
  roll_back,  ///< the old system runs again: leave the new one for good
  done,
};

enum class Outcome {
  none,         ///< still under way
  succeeded,    ///< the new system runs, passed its gate and is committed
  rolled_back,  ///< it was tried and left again
  failed,       ///< it was never started: the bundle or the disk is not what it should be
  abandoned,    ///< given up without a judgement, and taken up again when it is offered again: withdrawn,
                ///< another one came, the stick is gone, the machine could not install it
};

inline constexpr std::array<std::string_view, 10> step_names{"download",  "install", "read_back", "activate",
                                                             "restart",   "trial",   "commit",    "fall_back",
                                                             "roll_back", "done"};
inline constexpr std::array<std::string_view, 5> outcome_names{"", "succeeded", "rolled_back", "failed",
                                                               "abandoned"};

constexpr std::string_view name_of(Step step) {
  return step_names[static_cast<std::size_t>(step)];
}
constexpr std::string_view name_of(Outcome outcome) {
  return outcome_names[static_cast<std::size_t>(outcome)];
}

struct Action {
  std::int64_t id = 0;       ///< from 1, in the order in which they began
  Line line = Line::online;  ///< from the server, or from a stick
  update::Release release;   ///< its target has the SHA-256 alone
  std::string from;          ///< the bundle's path on the mirror
  Step step = Step::download;
  int tries = 0;   ///< of the download, of the installation, of the trial: whichever `step` is at
  int faults = 0;  ///< so many installations failed by the bundle or the disk, and not by chance
  WallTime begun;
  WallTime ended;                          ///< 1970 while it is under way
  WallTime not_before;                     ///< not to be tried again before
  std::optional<hal::Slot> slot;           ///< where the new system goes; nothing: no byte was written yet
  std::string start;                       ///< in which start of the machine it was activated, or last tried
  std::optional<hal::Vitals> before = {};  ///< the citizens' side before the restart, if it answered
  Outcome outcome = Outcome::none;
  std::string reason;  ///< why it is waiting, or why it ended so; for people, English

  /// The bundle's SHA-256, by which one release is told from another.
  const std::string& sha256() const { return release.target.hashes.find("sha256")->second; }
  bool ended_badly() const { return outcome == Outcome::rolled_back || outcome == Outcome::failed; }
  bool operator==(const Action&) const = default;
};

}  // namespace kiosk::updater
