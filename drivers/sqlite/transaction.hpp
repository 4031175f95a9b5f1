#pragma once
// The records of one transaction, as rows of SQLite.

#include <optional>

#include "drivers/sqlite/connection.hpp"
#include "hal/store.hpp"

namespace kiosk::drivers {

class SqliteTransaction final : public hal::Transaction {
 public:
  SqliteTransaction(Connection& connection, const PersonalBytes& key, const hal::Schema& schema)
      : connection_(connection), key_(key), schema_(schema) {}

  Result<void> put(std::string_view table, const hal::Row& row) override;
  Result<hal::Row> get(std::string_view table, std::string_view key) override;
  Result<void> erase(std::string_view table, std::string_view key) override;
  Result<std::vector<hal::Row>> list(std::string_view table, const std::optional<hal::Match>& match) override;

  /// The first failure of the disk. A body that overlooks it keeps nothing all the same: SQLite may have
  /// undone what came before it, and what came after would stand alone.
  const std::optional<Error>& failure() const { return failure_; }

 private:
  using Value = std::variant<std::int64_t, std::string>;

  Result<const hal::Table*> find(std::string_view name) const;
  Result<void> write(const hal::Table& table, const hal::Row& row);
  Result<void> bind(Statement& statement, int parameter, const hal::Cell& cell, const std::string& place);
  Result<std::vector<hal::Row>> read(const hal::Table& table, std::string_view column, const Value& value);
  Result<hal::Row> row_of(const hal::Table& table, const Statement& statement);
  Result<hal::Cell> cell_of(const Statement& statement, int index, hal::CellKind kind,
                            const std::string& place);
  Result<void> remove(const hal::Table& table, std::string_view key);

  template <class T>
  Result<T> remember(Result<T> result) {
    if (!result && !failure_) failure_ = result.error();
    return result;
  }

  Connection& connection_;
  const PersonalBytes& key_;
  const hal::Schema& schema_;
  std::optional<Error> failure_;
};

}  // namespace kiosk::drivers
