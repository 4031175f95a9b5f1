#pragma once
// The steps of an action as work on the machine. What to do was decided by the policy; here stands in which
// order it is done and kept, so that a power cut at any place is made good by doing it again.

#include "firmware/updater/updater.hpp"

namespace kiosk::updater {

class Work {
 public:
  /// For one step. What they refer to outlives it.
  Work(const Parts& parts, const Place& place, const Told& told, Ledger& ledger, const Facts& facts,
       const Wait& wait)
      : parts_(parts), place_(place), told_(told), ledger_(ledger), facts_(facts), wait_(wait) {}

  /// Errors and answer as Updater::step. Blocks as long as the work: a download as long as the line takes, an
  /// installation up to an hour, reading back some minutes, all else seconds.
  Result<std::chrono::milliseconds> carry_out(const Next& todo, const State& state);

  /// While the new system is on trial citizens wait, if they can be asked to. Blocks for seconds, when the
  /// citizens' side does not answer.
  void stay_closed();

 private:
  using Pause = Result<std::chrono::milliseconds>;

  static constexpr std::chrono::minutes restarting{5};

  Pause keep_good(const State& state);
  Pause return_to(hal::Slot meant);
  Pause settle();
  Pause download(Action action);
  Pause install(Action action);
  Pause read_back(Action action);
  Pause activate(Action action);
  Pause restart(Action action);
  Pause begin_trial(Action action);
  Pause fail_trial(Action action, const std::string& verdict);
  Pause commit(Action action, const State& state);
  Pause fall_back(Action action, const State& state, const std::string& verdict);
  Pause roll_back(Action action, const Next& todo);

  /// The installer's work, with a limit: it may hang and never say so.
  Result<void> write_slot();
  /// Whose fault it is that the installer refused.
  Pause judge_refusal(Action action, const Error& error);

  /// Leaves the step for another one.
  Pause go_on(Action action, Step step);
  /// Keeps why it did not work, and tries the step again later.
  Pause put_off(Action action, Step step, const Error& error);
  Pause finish(Action action, Outcome outcome, const std::string& reason);

  Result<void> keep(const Action& action);
  /// Keeps an action with which the system that runs becomes the one that stays: nothing older comes after
  /// it.
  Result<void> keep_committed(const Action& action, const State& state);
  Result<void> make_room(const Action& action) const;
  Pause ask_for_restart(Action action);
  /// Asks to close for so long; a citizens' side that is dead is closed.
  Result<void> close(std::chrono::minutes about);
  void forget_bundle() const;

  const Parts& parts_;
  const Place& place_;
  const Told& told_;
  Ledger& ledger_;
  const Facts& facts_;
  const Wait& wait_;
};

}  // namespace kiosk::updater
