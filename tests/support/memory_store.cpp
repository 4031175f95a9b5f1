#include "tests/support/memory_store.hpp"

#include <algorithm>

namespace kiosk::testing {

namespace {

using hal::Cell;
using hal::CellKind;
using hal::Row;

Cell empty_cell(CellKind kind) {
  switch (kind) {
    case CellKind::number:
      return std::int64_t{0};
    case CellKind::text:
      return std::string();
    case CellKind::personal:
      return PersonalText();
  }
  std::unreachable();
}

/// Works on a copy of everything, which transact() keeps or drops.
class MemoryTransaction final : public hal::Transaction {
 public:
  MemoryTransaction(const hal::Schema& schema, MemoryStore::Tables& tables)
      : schema_(schema), tables_(tables) {}

  Result<void> put(std::string_view table, const Row& row) override {
    const auto* declared = TRY(find(table));
    if (row.key.empty()) return fail(Errc::internal, "an empty key");
    Row whole{row.key, {}};
    for (const auto& column : declared->columns) whole.cells[column.name] = empty_cell(column.kind);
    for (const auto& [name, cell] : row.cells) {
      const auto place = whole.cells.find(name);
      if (place == whole.cells.end()) return fail(Errc::internal, "no such column: " + name);
      if (place->second.index() != cell.index())
        return fail(Errc::internal, "a cell of the wrong kind: " + name);
      place->second = cell;
    }
    tables_[declared->name][row.key] = std::move(whole);
    changed_ = true;
    return {};
  }

  Result<Row> get(std::string_view table, std::string_view key) override {
    const auto* declared = TRY(find(table));
    const auto& rows = tables_[declared->name];
    const auto row = rows.find(key);
    if (row == rows.end())
      return fail(Errc::not_present, "no row " + std::string(table) + "/" + std::string(key));
    return row->second;
  }

  Result<void> erase(std::string_view table, std::string_view key) override {
    const auto* declared = TRY(find(table));
    auto& rows = tables_[declared->name];
    const auto row = rows.find(key);
    if (row != rows.end()) rows.erase(row);
    changed_ = true;
    return {};
  }

  Result<std::vector<Row>> list(std::string_view table, const std::optional<hal::Match>& match) override {
    const auto* declared = TRY(find(table));
    if (match) TRY(check(*declared, *match));
    std::vector<Row> found;
    for (const auto& [key, row] : tables_[declared->name]) {
      if (!match || matches(row, *match)) found.push_back(row);
    }
    return found;
  }

  bool changed() const { return changed_; }

 private:
  Result<const hal::Table*> find(std::string_view name) const {
    const auto table = std::ranges::find(schema_.tables, name, &hal::Table::name);
    if (table == schema_.tables.end()) return fail(Errc::internal, "no such table: " + std::string(name));
    return &*table;
  }

  static Result<void> check(const hal::Table& table, const hal::Match& match) {
    const auto column = std::ranges::find(table.columns, match.column, &hal::Column::name);
    if (column == table.columns.end()) return fail(Errc::internal, "no such column: " + match.column);
    if (static_cast<std::size_t>(column->kind) != match.value.index()) {
      return fail(Errc::internal, "a column that cannot be matched so: " + match.column);
    }
    return {};
  }

  static bool matches(const Row& row, const hal::Match& match) {
    const auto& cell = row.cells.find(match.column)->second;
    if (const auto* number = std::get_if<std::int64_t>(&match.value)) return cell == Cell(*number);
    return cell == Cell(std::get<std::string>(match.value));
  }

  const hal::Schema& schema_;
  MemoryStore::Tables& tables_;
  bool changed_ = false;
};

}  // namespace

Result<void> MemoryStore::transact(const Body& body) {
  const std::lock_guard lock(mutex_);
  if (inside_) return fail(Errc::internal, "a transaction inside a transaction");
  if (broken_) return fail(Errc::storage, "the disk is broken");
  auto tables = kept_;
  MemoryTransaction transaction(schema_, tables);
  inside_ = true;
  const auto result = body(transaction);
  inside_ = false;
  if (!result) return result;
  if (full_ && transaction.changed()) return fail(Errc::storage, "the disk is full");
  kept_ = std::move(tables);
  return {};
}

Result<void> MemoryStore::settle() {
  const std::lock_guard lock(mutex_);
  if (inside_) return fail(Errc::internal, "settling inside a transaction");
  if (broken_ || full_) return fail(Errc::storage, "the disk is full or broken");
  settled_ = schema_.version;
  return {};
}

}  // namespace kiosk::testing
