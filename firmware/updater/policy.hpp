#pragma once
// What the updater does next: a pure function of what is kept and what can be seen. It reads from top to
// bottom as an update goes.

#include <optional>
#include <string>
#include <vector>

#include "firmware/updater/action.hpp"
#include "firmware/updater/window.hpp"
#include "hal/power.hpp"

namespace kiosk::updater {

/// Of the last look at what is released.
struct Poll {
  WallTime at;       ///< when; 1970: never
  WallTime fresh;    ///< when it last went well; 1970: never
  WallTime next;     ///< not to be asked again before
  int failures = 0;  ///< in a row
  std::string said;  ///< what came of it, for people

  bool operator==(const Poll&) const = default;
};

/// What is kept: it survives a power cut.
struct State {
  std::optional<Action> action;  ///< the one under way
  std::vector<Action> ended;     ///< the earlier ones, oldest first
  Poll poll;
  std::int64_t floor = 0;        ///< the secver below or at which nothing is installed
  std::int64_t data_schema = 0;  ///< the highest at which the records were ever settled; 0: never seen
};

/// A citizens' side that says nothing for so long serves nobody.
inline constexpr std::chrono::minutes silence_of_the_dead{15};

/// What can be seen now.
struct Facts {
  WallTime now;
  hal::SlotsState slots;
  hal::Mains mains = hal::Mains::on;
  /// Nothing: the citizens' side does not answer, since `silent_for`.
  std::optional<hal::Attendance> attendance;
  std::chrono::milliseconds silent_for{};
  std::optional<hal::Vitals> vitals;  ///< nothing: it does not answer
  bool ledger_settled = true;         ///< no older updater can open the ledger
};

/// What does not change while the program runs.
struct Rules {
  Line line = Line::online;
  std::string kiosk;             ///< its name, which spreads the kiosks over the window
  std::string compatible;        ///< for which machines a release must be
  int ring = update::last_ring;  ///< see update::Machine; of no meaning to a stick, like the window
  Window window;                 ///< of no meaning to a stick: a technician stands there
  std::chrono::minutes quiet{
      15};  ///< so long nobody was served before the kiosk closes; a stick waits for nobody
};

/// What to do.
enum class Do {
  wait,             ///< nothing before `after` has passed
  keep_good,        ///< this start of the committed system went well: count its tries anew
  return_to_meant,  ///< another system should run and does not: it is first, and gets its tries again
  settle,           ///< what runs is there to stay: older systems need not read the records any more
  poll,             ///< look at what is released
  download,
  install,
  read_back,
  activate,
  restart,
  begin_trial,  ///< the new system runs: a try of it begins, also when nobody remembers how it came
  fail_trial,   ///< this try is over: keep the verdict, start anew
  commit,
  fall_back,
  roll_back,
  give_up,  ///< end the action: nothing was started, or nothing else is left to start
};

struct Next {
  Do what = Do::wait;
  std::chrono::milliseconds after{};  ///< of `wait`
  std::string why = {};               ///< of `wait`, of a trial that fails and of what gives up
  Outcome outcome = Outcome::none;    ///< of what gives up or rolls back

  bool operator==(const Next&) const = default;
};

Next next(const State& state, const Facts& facts, const Rules& rules);

/// What an offer of the mirror means.
enum class Choice {
  none,     ///< nothing new
  keep,     ///< go on with what is under way
  begin,    ///< take it up; what was under way is abandoned
  abandon,  ///< what was under way is no longer offered
  refuse,   ///< it was tried here and is not tried again; what was under way is no longer offered
};
Choice choose(const State& state, const std::optional<update::Release>& offer, const Rules& rules);

/// Whether what runs was tried and left, and runs again for one that does not start: it is called bad, or the
/// ledger says so where the boot loader's state was lost. It serves, and nobody calls it good for that.
bool stands_in(const State& state, const hal::SlotsState& slots);

/// The other system, where that one should run and is not called bad: it is first, and used up its tries; or
/// what runs stands in for it; or it was committed and what runs is older, since a lost boot state made it
/// first. Nothing: what runs is meant, or there is no other.
std::optional<hal::Slot> meant(const State& state, const hal::SlotsState& slots);

/// For what a release must be good: this machine, above the floor and above what runs, a reader of the
/// records, and released as far as this kiosk's ring. A stick is asked for no ring: a technician stands there
/// and watches this one kiosk, which is what the first rings are for.
update::Machine machine_of(const State& state, const hal::SlotsState& slots, const Rules& rules);

}  // namespace kiosk::updater
