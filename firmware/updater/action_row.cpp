#include "firmware/updater/action_row.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "firmware/updater/vitals_json.hpp"

namespace kiosk::updater {
namespace {

using hal::CellKind;

template <std::size_t N>
std::optional<std::size_t> place_of(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

std::int64_t in_ms(WallTime time) {
  return time.time_since_epoch().count();
}
WallTime from_ms(std::int64_t count) {
  return WallTime(std::chrono::milliseconds(count));
}

}  // namespace

hal::Table actions_columns() {
  return {actions_table, {{"line", CellKind::text},          {"path", CellKind::text},
                          {"source", CellKind::text},        {"length", CellKind::number},
                          {"sha256", CellKind::text},        {"version", CellKind::text},
                          {"secver", CellKind::number},      {"data_schema", CellKind::number},
                          {"compatible", CellKind::text},    {"notes", CellKind::text},
                          {"step", CellKind::text},          {"tries", CellKind::number},
                          {"faults", CellKind::number},      {"begun_ms", CellKind::number},
                          {"ended_ms", CellKind::number},    {"not_before_ms", CellKind::number},
                          {"slot", CellKind::text},          {"start", CellKind::text},
                          {"vitals_before", CellKind::text}, {"outcome", CellKind::text},
                          {"reason", CellKind::text}}};
}

std::string key_of(std::int64_t id) {
  return fmt::format("{:08}", id);
}

hal::Row row_of(const Action& action) {
  const auto& release = action.release;
  return {.key = key_of(action.id),
          .cells = {{"line", std::string(action.line == Line::offline ? "offline" : "online")},
                    {"path", release.path},
                    {"source", action.from},
                    {"length", release.target.length},
                    {"sha256", action.sha256()},
                    {"version", release.version},
                    {"secver", release.secver},
                    {"data_schema", release.data_schema},
                    {"compatible", release.compatible},
                    {"notes", release.notes},
                    {"step", std::string(name_of(action.step))},
                    {"tries", std::int64_t{action.tries}},
                    {"faults", std::int64_t{action.faults}},
                    {"begun_ms", in_ms(action.begun)},
                    {"ended_ms", in_ms(action.ended)},
                    {"not_before_ms", in_ms(action.not_before)},
                    {"slot", std::string(action.slot ? hal::name_of(*action.slot) : "")},
                    {"start", action.start},
                    {"vitals_before", action.before ? vitals_json(*action.before).dump() : std::string()},
                    {"outcome", std::string(name_of(action.outcome))},
                    {"reason", action.reason}}};
}

Result<Action> action_of(const hal::Row& row) {
  const auto wrong = fail(Errc::storage, fmt::format("the updater's action {} cannot be read", row.key));
  Action action;
  const auto end = row.key.data() + row.key.size();
  if (std::from_chars(row.key.data(), end, action.id).ptr != end) return wrong;
  action.line = row.text("line") == "offline" ? Line::offline : Line::online;
  action.release = {.path = row.text("path"),
                    .target = {.length = row.number("length"), .hashes = {{"sha256", row.text("sha256")}}},
                    .version = row.text("version"),
                    .secver = row.number("secver"),
                    .data_schema = row.number("data_schema"),
                    .compatible = row.text("compatible"),
                    .notes = row.text("notes")};
  action.from = row.text("source");
  action.tries = static_cast<int>(row.number("tries"));
  action.faults = static_cast<int>(row.number("faults"));
  action.begun = from_ms(row.number("begun_ms"));
  action.ended = from_ms(row.number("ended_ms"));
  action.not_before = from_ms(row.number("not_before_ms"));
  for (const auto slot : {hal::Slot::a, hal::Slot::b}) {
    if (row.text("slot") == hal::name_of(slot)) action.slot = slot;
  }
  action.start = row.text("start");
  // Words that a newer updater wrote and gave way to this one: it was on trial then, if anything was written.
  const auto unknown = static_cast<std::size_t>(action.slot ? Step::trial : Step::done);
  constexpr auto no_judgement = static_cast<std::size_t>(Outcome::abandoned);
  action.step = static_cast<Step>(place_of(step_names, row.text("step")).value_or(unknown));
  action.outcome = static_cast<Outcome>(place_of(outcome_names, row.text("outcome")).value_or(no_judgement));
  if (const auto& before = row.text("vitals_before"); !before.empty()) {
    action.before = TRY(vitals_of(before));
  }
  action.reason = row.text("reason");
  return action;
}

}  // namespace kiosk::updater
