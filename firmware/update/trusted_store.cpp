#include "firmware/update/trusted_store.hpp"

#include <array>

namespace kiosk::update {
namespace {

constexpr const char* documents_table = "update_trusted";
constexpr const char* times_table = "update_times";
constexpr const char* good_time_key = "good";

hal::Row row_of(Role role, std::string_view text) {
  return {.key = std::string(name_of(role)), .cells = {{"text", std::string(text)}}};
}

Result<std::optional<hal::Row>> maybe(hal::Transaction& transaction, const char* table,
                                      std::string_view key) {
  auto row = transaction.get(table, key);
  if (row) return *std::move(row);
  if (row.error().code == Errc::not_present) return std::nullopt;
  return std::unexpected(std::move(row).error());
}

}  // namespace

hal::Schema schema() {
  return {.version = 1,
          .tables = {{documents_table, {{"text", hal::CellKind::text}}},
                     {times_table, {{"at_ms", hal::CellKind::number}}}}};
}

Result<Documents> TrustedStore::documents() {
  return hal::in_transaction(store_, [](hal::Transaction& transaction) -> Result<Documents> {
    Documents documents;
    for (const auto role : {Role::root, Role::timestamp, Role::snapshot, Role::targets}) {
      const auto row = TRY(maybe(transaction, documents_table, name_of(role)));
      if (row) documents[role] = row->text("text");
    }
    return documents;
  });
}

Result<void> TrustedStore::keep(Role role, std::string_view text) {
  return store_.transact(
      [&](hal::Transaction& transaction) { return transaction.put(documents_table, row_of(role, text)); });
}

Result<void> TrustedStore::keep_root(std::string_view text, bool forget_online) {
  return store_.transact([&](hal::Transaction& transaction) -> Result<void> {
    TRY(transaction.put(documents_table, row_of(Role::root, text)));
    if (!forget_online) return {};
    TRY(transaction.erase(documents_table, name_of(Role::timestamp)));
    return transaction.erase(documents_table, name_of(Role::snapshot));
  });
}

Result<std::optional<WallTime>> TrustedStore::good_time() {
  return hal::in_transaction(store_, [](hal::Transaction& transaction) -> Result<std::optional<WallTime>> {
    const auto row = TRY(maybe(transaction, times_table, good_time_key));
    if (!row) return std::nullopt;
    return WallTime(std::chrono::milliseconds(row->number("at_ms")));
  });
}

Result<void> TrustedStore::keep_good_time(WallTime time) {
  return store_.transact([&](hal::Transaction& transaction) -> Result<void> {
    const auto row = TRY(maybe(transaction, times_table, good_time_key));
    const auto at = time.time_since_epoch().count();
    if (row && row->number("at_ms") >= at) return {};
    return transaction.put(times_table, {.key = good_time_key, .cells = {{"at_ms", std::int64_t{at}}}});
  });
}

}  // namespace kiosk::update
