#include "firmware/updater/service/report.hpp"

#include "firmware/update/metadata.hpp"

namespace kiosk::updater {
namespace {

using update::Json;

/// Null for 1970: never.
Json time_json(WallTime time) {
  if (time == WallTime()) return nullptr;
  return update::write_time(time);
}

Json slot_json(const hal::SlotsState& slots, hal::Slot slot) {
  const auto& state = slots.of(slot);
  Json json{{"slot", hal::name_of(slot)}, {"bad", state.bad}, {"tries", state.tries}};
  if (state.label) {
    json["version"] = state.label->version;
    json["secver"] = state.label->secver;
    json["data_schema"] = state.label->data_schema;
  }
  return json;
}

}  // namespace

Json action_json(const Action& action) {
  return {{"id", action.id},
          {"version", action.release.version},
          {"secver", action.release.secver},
          {"data_schema", action.release.data_schema},
          {"notes", action.release.notes},
          {"line", action.line == Line::offline ? "offline" : "online"},
          {"step", name_of(action.step)},
          {"tries", action.tries},
          {"slot", action.slot ? Json(hal::name_of(*action.slot)) : Json()},
          {"begun", time_json(action.begun)},
          {"ended", time_json(action.ended)},
          {"not_before", time_json(action.not_before)},
          {"outcome", name_of(action.outcome)},
          {"reason", action.reason}};
}

Json status_json(const State& state, const std::optional<hal::SlotsState>& slots) {
  Json json{{"event", "status"}, {"floor", state.floor}, {"data_schema", state.data_schema}};
  json["action"] = state.action ? action_json(*state.action) : Json();
  json["last_poll"] = {{"at", time_json(state.poll.at)},
                       {"fresh", time_json(state.poll.fresh)},
                       {"next", time_json(state.poll.next)},
                       {"failures", state.poll.failures},
                       {"said", state.poll.said}};
  json["history"] = Json::array();
  for (const auto& action : state.ended) json["history"].push_back(action_json(action));
  if (slots) {
    json["running"] = slot_json(*slots, slots->running);
    json["other"] = slot_json(*slots, hal::other(slots->running));
    json["first"] = hal::name_of(slots->first);
  }
  return json;
}

}  // namespace kiosk::updater
