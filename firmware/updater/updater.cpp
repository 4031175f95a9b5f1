#include "firmware/updater/updater.hpp"

#include <algorithm>
#include <utility>

#include "firmware/updater/floor_file.hpp"
#include "firmware/updater/polling.hpp"
#include "firmware/updater/work.hpp"
#include "hal/base/log.hpp"

namespace kiosk::updater {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

Updater::Updater(Parts parts, Place place, Rules rules, Told told)
    : parts_(parts), place_(std::move(place)), rules_(std::move(rules)), told_(std::move(told)) {}

Result<milliseconds> Updater::step(hal::Store& store, const Wait& wait) {
  TRY(wait.check());
  Ledger ledger(store);
  auto state = TRY(remember(ledger));
  const auto facts = TRY(look(state, ledger, wait));
  TRY(keep_floor(ledger, state, facts));
  const auto todo = next(state, facts, rules_);
  Work work(parts_, place_, told_, ledger, facts, wait);
  if (todo.what == Do::wait) {
    if (state.action && state.action->step == Step::trial) work.stay_closed();
    told_.waiting(todo.why);
    return todo.after;
  }
  if (todo.what == Do::poll) {
    told_.asking();
    TRY(ask_mirror(parts_, place_, rules_, store, state, facts, wait));
    return 0ms;
  }
  return work.carry_out(todo, state);
}

Result<Choice> Updater::poll(hal::Store& store, const Wait& wait) {
  Ledger ledger(store);
  auto state = TRY(remember(ledger));
  const auto facts = TRY(look(state, ledger, wait));
  TRY(keep_floor(ledger, state, facts));
  const auto answer = TRY(ask_mirror(parts_, place_, rules_, store, state, facts, wait));
  if (answer.error) return std::unexpected(*answer.error);
  return answer.choice;
}

Result<State> Updater::remember(Ledger& ledger) {
  auto state = TRY(ledger.state());
  const auto floor = read_floor(place_.floor());
  if (!floor && floor.error().code == Errc::storage) return std::unexpected(floor.error());
  if (!floor) log::warning("updater", "the floor's second copy is damaged", {{"what", floor.error().what}});
  if (floor) {
    state.floor = std::max(state.floor, floor->secver);
    state.data_schema = std::max(state.data_schema, floor->data_schema);
  }
  return state;
}

Result<Facts> Updater::look(const State& state, const Ledger& ledger, const Wait& wait) {
  Facts facts{.now = parts_.clock.now(), .slots = {}, .mains = parts_.power.mains()};
  facts.slots = TRY(parts_.slots.look(wait));
  if (state.action || meant(state, facts.slots)) {
    if (auto attendance = parts_.citizens.attendance(wait)) facts.attendance = *attendance;
    const auto since_start = facts.slots.started_ago;
    if (facts.attendance) silent_since_.reset();
    if (!facts.attendance) {
      if (!silent_since_) silent_since_ = since_start;
      facts.silent_for = since_start - *silent_since_;
    }
  }
  if (auto vitals = parts_.citizens.vitals(wait)) facts.vitals = *std::move(vitals);
  facts.ledger_settled = ledger.settled();
  TRY(wait.check());
  return facts;
}

/// Both copies of the floor say the same, and the version of the records is noted when it was seen.
Result<void> Updater::keep_floor(Ledger& ledger, State& state, const Facts& facts) {
  if (facts.vitals && facts.vitals->data_schema > state.data_schema) {
    TRY(ledger.saw_data_schema(facts.vitals->data_schema));
    state.data_schema = facts.vitals->data_schema;
  }
  // A machine that never kept a floor came with what runs. Later only a commit raises it: what runs above it
  // is on trial, also when nobody remembers that, and raises nothing.
  const bool on_trial = state.action && state.action->slot == facts.slots.running;
  const auto machine = machine_of(state, facts.slots, rules_);
  if (state.floor == 0 && !on_trial) state.floor = machine.secver;
  const bool committed = !on_trial && machine.secver == state.floor;
  const Floor floor{.secver = state.floor,
                    .data_schema = committed ? machine.data_schema : state.data_schema};
  const auto there = read_floor(place_.floor());
  if (there && *there == floor) return {};
  return write_floor(place_.floor(), floor);
}

}  // namespace kiosk::updater
