#include "firmware/updater/ledger.hpp"

#include <algorithm>

#include "firmware/update/trusted_store.hpp"
#include "firmware/updater/action_row.hpp"

namespace kiosk::updater {
namespace {

using hal::CellKind;

constexpr const char* numbers_table = "updater_numbers";
constexpr const char* polls_table = "updater_polls";
constexpr const char* floor_key = "floor";
constexpr const char* data_schema_key = "data_schema";
constexpr const char* last_poll_key = "last";
constexpr std::size_t most_ended = 50;

Result<std::int64_t> number(hal::Transaction& transaction, const char* key) {
  const auto row = transaction.get(numbers_table, key);
  if (row) return row->number("value");
  if (row.error().code == Errc::not_present) return 0;
  return std::unexpected(row.error());
}

Result<void> raise(hal::Transaction& transaction, const char* key, std::int64_t value) {
  const auto before = TRY(number(transaction, key));
  if (before >= value) return {};
  return transaction.put(numbers_table, {.key = key, .cells = {{"value", value}}});
}

Result<Poll> poll(hal::Transaction& transaction) {
  const auto row = transaction.get(polls_table, last_poll_key);
  if (!row && row.error().code == Errc::not_present) return Poll{};
  if (!row) return std::unexpected(row.error());
  const auto time = [&](const char* column) {
    return WallTime(std::chrono::milliseconds(row->number(column)));
  };
  return Poll{.at = time("at_ms"),
              .fresh = time("fresh_ms"),
              .next = time("next_ms"),
              .failures = static_cast<int>(row->number("failures")),
              .said = row->text("said")};
}

Result<std::vector<Action>> actions(hal::Transaction& transaction) {
  const auto rows = TRY(transaction.list(actions_table));
  std::vector<Action> all;
  for (const auto& row : rows) {
    auto action = TRY(action_of(row));
    all.push_back(std::move(action));
  }
  return all;
}

}  // namespace

hal::Schema schema() {
  auto all = update::schema();
  all.tables.push_back(actions_columns());
  all.tables.push_back({numbers_table, {{"value", CellKind::number}}});
  all.tables.push_back({polls_table,
                        {{"at_ms", CellKind::number},
                         {"fresh_ms", CellKind::number},
                         {"next_ms", CellKind::number},
                         {"failures", CellKind::number},
                         {"said", CellKind::text}}});
  return all;
}

bool Ledger::settled() const {
  return store_.settled() >= schema().version;
}

Result<State> Ledger::state() {
  return hal::in_transaction(store_, [](hal::Transaction& transaction) -> Result<State> {
    State state;
    state.floor = TRY(number(transaction, floor_key));
    state.data_schema = TRY(number(transaction, data_schema_key));
    state.poll = TRY(poll(transaction));
    state.ended = TRY(actions(transaction));
    if (!state.ended.empty() && state.ended.back().step != Step::done) {
      state.action = std::move(state.ended.back());
      state.ended.pop_back();
    }
    return state;
  });
}

Result<void> Ledger::begin(const Action& action, const std::optional<Action>& ends) {
  return store_.transact([&](hal::Transaction& transaction) -> Result<void> {
    const auto earlier = TRY(actions(transaction));
    for (std::size_t i = 0; i + most_ended < earlier.size() + 1; ++i) {
      TRY(transaction.erase(actions_table, key_of(earlier[i].id)));
    }
    if (ends) TRY(transaction.put(actions_table, row_of(*ends)));
    auto next = action;
    next.id = earlier.empty() ? 1 : earlier.back().id + 1;
    return transaction.put(actions_table, row_of(next));
  });
}

Result<void> Ledger::keep(const Action& action) {
  return store_.transact(
      [&](hal::Transaction& transaction) { return transaction.put(actions_table, row_of(action)); });
}

Result<void> Ledger::commit(const Action& action, std::int64_t secver) {
  return store_.transact([&](hal::Transaction& transaction) -> Result<void> {
    TRY(raise(transaction, floor_key, secver));
    return transaction.put(actions_table, row_of(action));
  });
}

Result<void> Ledger::keep_poll(const Poll& last) {
  const auto ms = [](WallTime time) { return std::int64_t{time.time_since_epoch().count()}; };
  return store_.transact([&](hal::Transaction& transaction) {
    return transaction.put(polls_table, {.key = last_poll_key,
                                         .cells = {{"at_ms", ms(last.at)},
                                                   {"fresh_ms", ms(last.fresh)},
                                                   {"next_ms", ms(last.next)},
                                                   {"failures", std::int64_t{last.failures}},
                                                   {"said", last.said}}});
  });
}

Result<void> Ledger::saw_data_schema(std::int64_t version) {
  return store_.transact(
      [&](hal::Transaction& transaction) { return raise(transaction, data_schema_key, version); });
}

}  // namespace kiosk::updater
