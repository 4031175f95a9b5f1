#include "firmware/updater/policy.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "firmware/updater/health_gate.hpp"
#include "firmware/updater/pause.hpp"

namespace kiosk::updater {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

constexpr milliseconds a_while = 1min;
constexpr milliseconds a_moment = 10s;
constexpr milliseconds longest_night = 6h;  ///< a machine that has run for longer was not tried in this one
constexpr milliseconds long_while = 10min;  ///< after which a clock that was set is noticed at the latest
constexpr milliseconds stale = 24h;  ///< what nobody confirmed for so long may have been withdrawn, or frozen
constexpr milliseconds longest_courtesy =
    60min;  ///< who is still "there" then is a reader that says so for ever, and a trial must end

Next wait(milliseconds span, std::string why) {
  return {.what = Do::wait, .after = std::max<milliseconds>(span, 1s), .why = std::move(why)};
}

Next give_up(Outcome outcome, std::string why) {
  return {.what = Do::give_up, .why = std::move(why), .outcome = outcome};
}

/// Why citizens may not be disturbed just now, and how long to leave it at that; nothing when they may.
std::optional<Next> occupied(const Facts& facts, milliseconds quiet) {
  if (!facts.attendance) {
    if (facts.silent_for >= silence_of_the_dead) return std::nullopt;
    return wait(a_while, "the citizens' side does not answer");
  }
  if (facts.attendance->somebody) return wait(a_while, "a citizen is served");
  const auto left = quiet - facts.attendance->nobody_for;
  if (left > 0ms) return wait(std::min(left, a_while), "a citizen was served a short while ago");
  return std::nullopt;
}

std::optional<Next> before_its_time(const Action& action, const Facts& facts) {
  const auto left = left_until(action.not_before, facts.now);
  if (left == 0ms) return std::nullopt;
  return wait(left, action.reason);
}

/// What is under way may have been withdrawn: asked for as long as nothing was written.
bool must_poll(const State& state, const Facts& facts, const Rules& rules) {
  const bool from_here = !state.action || state.action->line == rules.line;
  return rules.line == Line::online && from_here && left_until(state.poll.next, facts.now) == 0ms;
}

/// Written far enough to run: whoever started it, it has its trial now.
bool runs(const Action& action, const Facts& facts) {
  return action.slot == facts.slots.running;
}

/// The committed system started well, and the boot loader does not know yet. An update may wait longer for
/// its night than the tries of what runs last.
bool is_to_be_kept_good(const State& state, const Facts& facts) {
  const auto& action = state.action;
  if (stands_in(state, facts.slots) || (action && (action->step > Step::restart || runs(*action, facts))))
    return false;
  const bool to_mark = facts.slots.of(facts.slots.running).tries > 0 || facts.slots.boot_state_broken;
  return to_mark && facts.vitals && facts.vitals->first_picture;
}

/// What runs was never committed, and the ledger of its trial is lost.
bool is_trial_forgotten(const State& state, const Facts& facts) {
  const auto& label = facts.slots.of(facts.slots.running).label;
  return !state.action && !stands_in(state, facts.slots) && state.floor > 0 && label &&
         label->secver > state.floor;
}

/// What a system on trial adds to the records the older one must still be able to pass over. Now nothing is
/// on trial, and what runs has shown a picture.
bool must_settle(const Facts& facts) {
  const auto& label = facts.slots.of(facts.slots.running).label;
  return label && (facts.vitals->data_schema < label->data_schema || !facts.ledger_settled);
}

Next at_rest(const State& state, const Facts& facts, const Rules& rules) {
  const bool well = facts.vitals && facts.vitals->first_picture;
  // A look first: it may bring the cure for a glass that cannot settle.
  if (must_poll(state, facts, rules)) return {Do::poll};
  if (well && !stands_in(state, facts.slots) && must_settle(facts)) return {Do::settle};
  auto left = left_until(state.poll.next, facts.now);
  if (meant(state, facts.slots)) left = std::min<milliseconds>(left, long_while);
  if (!stands_in(state, facts.slots) && facts.slots.of(facts.slots.running).tries > 0)
    left = std::min(left, a_moment);
  return wait(left, state.poll.said);
}

Next download(const State& state, const Facts& facts, const Rules& rules) {
  const auto& action = *state.action;
  if (action.line == Line::offline && rules.line == Line::online) {
    return give_up(Outcome::abandoned, "the stick was taken away");
  }
  if (must_poll(state, facts, rules)) return {Do::poll};
  if (const auto early = before_its_time(action, facts)) return *early;
  return {Do::download};
}

/// The first gate stands here once more: what was eligible when it was chosen may not be days later.
std::optional<Next> unfit(const State& state, const Facts& facts, const Rules& rules) {
  const auto& release = state.action->release;
  const auto machine = machine_of(state, facts.slots, rules);
  if (release.secver <= machine.secver) {
    return give_up(Outcome::abandoned,
                   fmt::format("secver {} is not above {}", release.secver, machine.secver));
  }
  if (release.data_schema < machine.data_schema) {
    return give_up(Outcome::abandoned, fmt::format("reads records up to {}, here they are {}",
                                                   release.data_schema, machine.data_schema));
  }
  return std::nullopt;
}

Next install(const State& state, const Facts& facts, const Rules& rules) {
  const auto& action = *state.action;
  if (runs(action, facts)) return {Do::begin_trial};
  if (must_poll(state, facts, rules)) return {Do::poll};
  if (auto reason = unfit(state, facts, rules)) return *reason;
  if (const auto early = before_its_time(action, facts)) return *early;
  const auto since_confirmed = facts.now - state.poll.fresh;  // negative: the clock was set back
  if (action.line == Line::online && (since_confirmed < 0ms || since_confirmed > stale)) {
    return wait(a_while, "the mirror has not confirmed the release for a day");
  }
  if (facts.mains != hal::Mains::on) return wait(a_while, "the mains are gone");
  if (rules.line == Line::online) {
    const auto closed = until_open(rules.window, rules.kiosk, facts.now);
    if (closed > 0ms) return wait(std::min(closed, long_while), "it is not night yet");
  }
  const bool technician = rules.line == Line::offline;
  if (const auto busy = occupied(facts, technician ? 0ms : milliseconds(rules.quiet))) return *busy;
  return {Do::install};
}

/// Its records are newer than what it can read, and nobody is served.
bool is_left_behind(const State& state, const Facts& facts) {
  const auto& label = facts.slots.of(facts.slots.running).label;
  const bool serves = facts.vitals && facts.vitals->first_picture;
  return !serves && label && label->data_schema < state.data_schema;
}

/// Another system runs than the one that is meant: that one was not well for a while, somebody pulled the
/// plug again and again, or the boot loader's state was lost. Once a night it gets its tries again; without
/// waiting for the night where nobody is served in its place, unless a cure can be installed just now.
bool may_return(const State& state, const Facts& facts, const Rules& rules) {
  const auto& action = state.action;
  if (!meant(state, facts.slots) || (action && action->step > Step::install)) return false;
  if (occupied(facts, rules.quiet)) return false;
  if (is_left_behind(state, facts)) {
    const bool cure =
        action && action->step == Step::install && install(state, facts, rules).what == Do::install;
    return facts.slots.started_ago >= long_while && !cure;
  }
  const bool well = facts.vitals && facts.vitals->first_picture;
  return (well || stands_in(state, facts.slots)) && facts.slots.started_ago >= longest_night &&
         until_open(rules.window, rules.kiosk, facts.now) == 0ms;
}

const std::string never_came_up = "the new system did not start";

Next roll_back(const Facts& facts, std::string why) {
  Next todo{.what = Do::roll_back, .why = std::move(why), .outcome = Outcome::rolled_back};
  if (todo.why != registry_lost) return todo;
  // It may be down for everybody; the old system shows that, once it has run long enough to ask.
  const auto& vitals = facts.vitals;
  if (vitals && vitals->registry_reached) return todo;
  const bool asked = vitals && vitals->running_for >= gate_steady;
  if (!asked && facts.slots.started_ago < gate_limit) return wait(a_moment, todo.why);
  if (asked) todo.outcome = Outcome::abandoned;
  return todo;
}

/// Between the first write of the boot loader's state and the first word of the new system anything may have
/// happened: where the machine runs now says it.
Next activate(const Action& action, const Facts& facts) {
  const auto& slots = facts.slots;
  if (runs(action, facts)) return {Do::begin_trial};
  const bool started_anew = action.start != slots.start;
  if (started_anew && slots.first == action.slot) return roll_back(facts, never_came_up);
  return {Do::activate};
}

Next restart(const Action& action, const Facts& facts) {
  if (runs(action, facts)) return {Do::begin_trial};
  if (action.start != facts.slots.start) return roll_back(facts, never_came_up);
  if (const auto early = before_its_time(action, facts)) return *early;
  if (const auto busy = occupied(facts, 0ms)) return *busy;
  return {Do::restart};
}

bool is_somebody_disturbed(const Facts& facts) {
  return facts.attendance && facts.attendance->somebody && facts.slots.started_ago < longest_courtesy;
}

Next trial(const Action& action, const Facts& facts) {
  if (!runs(action, facts)) return roll_back(facts, action.reason.empty() ? never_came_up : action.reason);
  if (action.start != facts.slots.start) {
    if (action.tries < hal::most_tries) return {Do::begin_trial};
    return {.what = Do::fall_back, .why = action.reason.empty() ? never_came_up : action.reason};
  }
  const auto verdict = complaints(action.before, facts.vitals);
  if (verdict.empty()) return {Do::commit};
  if (facts.slots.started_ago < gate_limit) return wait(a_moment, verdict);
  if (const auto early = before_its_time(action, facts)) return *early;
  if (is_somebody_disturbed(facts)) return wait(a_moment, verdict);
  return {.what = action.tries < hal::most_tries ? Do::fail_trial : Do::fall_back, .why = verdict};
}

Next commit(const Action& action, const Facts& facts) {
  if (runs(action, facts)) return {Do::commit};
  return roll_back(facts, "the new system was well once and did not start again");
}

Next fall_back(const Action& action, const Facts& facts) {
  if (!runs(action, facts)) return roll_back(facts, action.reason);
  const bool left = facts.slots.of(facts.slots.running).bad;
  if (left && action.start != facts.slots.start) {
    return give_up(Outcome::rolled_back, action.reason + "; and the system before it does not start");
  }
  if (const auto early = before_its_time(action, facts)) return *early;
  if (is_somebody_disturbed(facts)) return wait(a_moment, action.reason);
  return {.what = Do::fall_back, .why = action.reason};
}

}  // namespace

Next next(const State& state, const Facts& facts, const Rules& rules) {
  if (is_trial_forgotten(state, facts)) return {Do::begin_trial};
  if (is_to_be_kept_good(state, facts)) return {Do::keep_good};
  if (may_return(state, facts, rules)) return {Do::return_to_meant};
  if (!state.action) return at_rest(state, facts, rules);
  const auto& action = *state.action;
  switch (action.step) {
    case Step::download:
      return download(state, facts, rules);
    case Step::install:
      return install(state, facts, rules);
    case Step::read_back:
      return {runs(action, facts) ? Do::begin_trial : Do::read_back};
    case Step::activate:
      return activate(action, facts);
    case Step::restart:
      return restart(action, facts);
    case Step::trial:
      return trial(action, facts);
    case Step::commit:
      return commit(action, facts);
    case Step::fall_back:
      return fall_back(action, facts);
    case Step::roll_back:
      return roll_back(facts, action.reason);
    case Step::done:
      break;
  }
  return at_rest(state, facts, rules);
}

Choice choose(const State& state, const std::optional<update::Release>& offer, const Rules& rules) {
  const auto& action = state.action;
  if (!offer) {
    const bool withdrawn = action && action->line == rules.line;
    return withdrawn ? Choice::abandon : action ? Choice::keep : Choice::none;
  }
  const auto& sha256 = offer->target.hashes.find("sha256")->second;
  if (action && action->sha256() == sha256) return Choice::keep;
  const bool tried = std::ranges::any_of(state.ended, [&](const Action& earlier) {
    return earlier.ended_badly() && earlier.sha256() == sha256;
  });
  return tried ? Choice::refuse : Choice::begin;
}

bool stands_in(const State& state, const hal::SlotsState& slots) {
  const auto& here = slots.of(slots.running);
  if (here.bad) return true;
  return here.label && here.label->secver > state.floor &&
         std::ranges::any_of(state.ended, [&](const Action& earlier) {
           return earlier.ended_badly() && earlier.release.secver == here.label->secver &&
                  earlier.release.version == here.label->version;
         });
}

std::optional<hal::Slot> meant(const State& state, const hal::SlotsState& slots) {
  const auto another = hal::other(slots.running);
  if (slots.of(another).bad) return std::nullopt;
  if (slots.first == another || stands_in(state, slots)) return another;
  const auto& here = slots.of(slots.running).label;
  const auto& there = slots.of(another).label;
  const bool below = here && here->secver < state.floor;
  if (below && there && there->secver >= state.floor) return another;
  return std::nullopt;
}

update::Machine machine_of(const State& state, const hal::SlotsState& slots, const Rules& rules) {
  const auto& label = slots.of(slots.running).label;
  return {.compatible = rules.compatible,
          .secver = std::max(state.floor, label ? label->secver : 0),
          .data_schema = std::max(state.data_schema, label ? label->data_schema : 0),
          .ring = rules.line == Line::offline ? 0 : rules.ring};
}

}  // namespace kiosk::updater
