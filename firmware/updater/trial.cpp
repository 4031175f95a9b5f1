// The half of the work after the restart: the new system is on trial, and stays or goes.

#include <algorithm>
#include <tuple>
#include <utility>

#include "firmware/updater/floor_file.hpp"
#include "firmware/updater/work.hpp"
#include "hal/base/log.hpp"

namespace kiosk::updater {

using namespace std::chrono_literals;

Work::Pause Work::begin_trial(Action action) {
  stay_closed();
  if (action.step != Step::trial) {
    action.tries = 0;
    action.reason.clear();
  }
  action.step = Step::trial;
  ++action.tries;
  action.start = facts_.slots.start;
  action.not_before = {};
  if (action.id == 0) {
    log::warning("updater", "what runs was never committed, and nobody knows how it came");
    TRY(ledger_.begin(action, std::nullopt));
    told_.changed(action);
  } else {
    TRY(keep(action));
  }
  log::info("updater", "the new system is on trial", {{"try", action.tries}});
  return 0ms;
}

void Work::stay_closed() {
  std::ignore =
      parts_.citizens.stay_closed(restarting, wait_);  // who is served all the same is not disturbed
}

Work::Pause Work::fail_trial(Action action, const std::string& verdict) {
  log::warning("updater", "the new system is not well", {{"try", action.tries}, {"what", verdict}});
  action.reason = verdict;
  return ask_for_restart(std::move(action));
}

Work::Pause Work::commit(Action action, const State& state) {
  if (action.step != Step::commit) {
    action.step = Step::commit;
    TRY(keep(action));
  }
  const auto running = facts_.slots.running;
  if (facts_.slots.first != running) TRY(parts_.slots.activate(running));
  TRY(parts_.slots.mark_good(running));
  action.step = Step::done;
  action.outcome = Outcome::succeeded;
  action.ended = facts_.now;
  action.reason.clear();
  TRY(keep_committed(action, state));
  log::info("updater", "the new system is committed",
            {{"version", action.release.version}, {"secver", action.release.secver}});
  forget_bundle();
  std::ignore = parts_.citizens.open(wait_);
  return 0ms;
}

Result<void> Work::keep_committed(const Action& action, const State& state) {
  const auto secver = std::max(state.floor, action.release.secver);
  TRY(write_floor(place_.floor(), {.secver = secver, .data_schema = state.data_schema}));
  TRY(ledger_.commit(action, secver));
  told_.changed(action);
  return {};
}

Work::Pause Work::fall_back(Action action, const State& state, const std::string& verdict) {
  action.step = Step::fall_back;
  action.start = facts_.slots.start;
  action.reason = verdict;
  TRY(keep(action));
  const auto running = facts_.slots.running;
  const auto activated = parts_.slots.activate(hal::other(running));
  if (!activated && activated.error().code == Errc::refused) {
    // Nothing to go back to: a kiosk that is not well is better than one that starts anew for ever.
    TRY(parts_.slots.mark_good(running));
    TRY(keep_committed(action, state));  // or it would be on trial again
    return finish(std::move(action), Outcome::failed, verdict + "; and there is no other system");
  }
  if (!activated) return std::unexpected(activated.error());
  TRY(parts_.slots.mark_bad(running));
  return ask_for_restart(std::move(action));
}

Work::Pause Work::roll_back(Action action, const Next& todo) {
  action.step = Step::roll_back;
  action.reason = todo.why;
  TRY(keep(action));
  const auto running = facts_.slots.running;
  TRY(parts_.slots.activate(running));
  TRY(parts_.slots.mark_bad(hal::other(running)));
  return finish(std::move(action), todo.outcome, todo.why);
}

}  // namespace kiosk::updater
