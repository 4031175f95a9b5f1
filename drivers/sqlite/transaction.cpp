#include "drivers/sqlite/transaction.hpp"

#include <algorithm>

#include "drivers/sqlite/seal.hpp"
#include "drivers/sqlite/tables.hpp"

namespace kiosk::drivers {

namespace {

using hal::Cell;
using hal::CellKind;
using hal::Row;

/// What a column holds that a row leaves out.
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

std::string place_of(const hal::Table& table, std::string_view key, const hal::Column& column) {
  return table.name + ":" + std::string(key) + ":" + column.name;
}

Result<void> check(const hal::Table& table, const Row& row) {
  if (row.key.empty()) return fail(Errc::internal, "an empty key");
  for (const auto& [name, cell] : row.cells) {
    const auto column = std::ranges::find(table.columns, name, &hal::Column::name);
    if (column == table.columns.end()) return fail(Errc::internal, "no such column: " + name);
    if (static_cast<std::size_t>(column->kind) != cell.index()) {
      return fail(Errc::internal, "a cell of the wrong kind: " + name);
    }
  }
  return {};
}

Result<void> check(const hal::Table& table, const hal::Match& match) {
  const auto column = std::ranges::find(table.columns, match.column, &hal::Column::name);
  if (column == table.columns.end()) return fail(Errc::internal, "no such column: " + match.column);
  if (static_cast<std::size_t>(column->kind) != match.value.index()) {
    return fail(Errc::internal, "a column that cannot be matched so: " + match.column);
  }
  return {};
}

}  // namespace

Result<void> SqliteTransaction::put(std::string_view table, const Row& row) {
  const auto* declared = TRY(find(table));
  TRY(check(*declared, row));
  return remember(write(*declared, row));
}

Result<Row> SqliteTransaction::get(std::string_view table, std::string_view key) {
  const auto* declared = TRY(find(table));
  const auto rows = TRY(remember(read(*declared, "_key", std::string(key))));
  if (rows.empty()) return fail(Errc::not_present, "no row " + std::string(table) + "/" + std::string(key));
  return rows.front();
}

Result<void> SqliteTransaction::erase(std::string_view table, std::string_view key) {
  const auto* declared = TRY(find(table));
  return remember(remove(*declared, key));
}

Result<std::vector<Row>> SqliteTransaction::list(std::string_view table,
                                                 const std::optional<hal::Match>& match) {
  const auto* declared = TRY(find(table));
  if (!match) return remember(read(*declared, {}, {}));
  TRY(check(*declared, *match));
  return remember(read(*declared, match->column, match->value));
}

Result<const hal::Table*> SqliteTransaction::find(std::string_view name) const {
  if (failure_) return std::unexpected(*failure_);
  const auto table = std::ranges::find(schema_.tables, name, &hal::Table::name);
  if (table == schema_.tables.end()) return fail(Errc::internal, "no such table: " + std::string(name));
  return &*table;
}

Result<void> SqliteTransaction::write(const hal::Table& table, const Row& row) {
  auto statement = TRY(connection_.prepare(sql_to_put(table)));
  TRY(statement.bind(0, std::string_view(row.key)));
  int parameter = 1;
  for (const auto& column : table.columns) {
    const auto given = row.cells.find(column.name);
    const auto& cell = given == row.cells.end() ? empty_cell(column.kind) : given->second;
    TRY(bind(statement, parameter++, cell, place_of(table, row.key, column)));
  }
  TRY(statement.step());
  return {};
}

Result<void> SqliteTransaction::bind(Statement& statement, int parameter, const Cell& cell,
                                     const std::string& place) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return statement.bind(parameter, *number);
  if (const auto* text = std::get_if<std::string>(&cell))
    return statement.bind(parameter, std::string_view(*text));
  const auto& personal = std::get<PersonalText>(cell);
  if (personal.empty()) return statement.bind(parameter, BytesView());
  const auto sealed = TRY(seal(key_, place, personal));
  return statement.bind(parameter, BytesView(sealed));
}

Result<std::vector<Row>> SqliteTransaction::read(const hal::Table& table, std::string_view column,
                                                 const Value& value) {
  auto statement = TRY(connection_.prepare(sql_to_read(table, column)));
  if (!column.empty()) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) TRY(statement.bind(0, *number));
    if (const auto* text = std::get_if<std::string>(&value)) TRY(statement.bind(0, std::string_view(*text)));
  }
  std::vector<Row> rows;
  for (;;) {
    const bool more = TRY(statement.step());
    if (!more) return rows;
    auto row = TRY(row_of(table, statement));
    rows.push_back(std::move(row));
  }
}

Result<Row> SqliteTransaction::row_of(const hal::Table& table, const Statement& statement) {
  Row row{std::string(statement.text(0)), {}};
  int index = 1;
  for (const auto& column : table.columns) {
    auto cell = TRY(cell_of(statement, index++, column.kind, place_of(table, row.key, column)));
    row.cells.emplace(column.name, std::move(cell));
  }
  return row;
}

Result<Cell> SqliteTransaction::cell_of(const Statement& statement, int index, CellKind kind,
                                        const std::string& place) {
  if (kind == CellKind::number) return statement.number(index);
  if (kind == CellKind::text) return std::string(statement.text(index));
  const auto sealed = statement.blob(index);
  if (sealed.empty()) return PersonalText();
  auto text = unseal(key_, place, sealed);
  if (!text) return std::unexpected(std::move(text).error().in(place));
  return *std::move(text);
}

Result<void> SqliteTransaction::remove(const hal::Table& table, std::string_view key) {
  auto statement = TRY(connection_.prepare("DELETE FROM \"" + table.name + "\" WHERE _key = ?"));
  TRY(statement.bind(0, key));
  TRY(statement.step());
  return {};
}

}  // namespace kiosk::drivers
