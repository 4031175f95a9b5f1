#include "drivers/sqlite/tables.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace kiosk::drivers {

namespace {

using hal::CellKind;

bool usable_name(std::string_view name) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name[0] >= 'a' && name[0] <= 'z' && std::ranges::all_of(name, allowed);
}

std::string_view type_of(CellKind kind) {
  switch (kind) {
    case CellKind::number:
      return "INTEGER";
    case CellKind::text:
      return "TEXT";
    case CellKind::personal:
      return "BLOB";
  }
  std::unreachable();
}

std::string declaration(const hal::Column& column) {
  static constexpr std::string_view empty[] = {"0", "''", "x''"};
  return fmt::format("\"{}\" {} NOT NULL DEFAULT {}", column.name, type_of(column.kind),
                     empty[static_cast<std::size_t>(column.kind)]);
}

/// Column names and types of a table that exists.
Result<std::map<std::string, std::string>> stored_columns(Connection& connection, const std::string& table) {
  std::map<std::string, std::string> columns;
  auto statement = TRY(connection.prepare(fmt::format("PRAGMA table_info(\"{}\")", table)));
  for (;;) {
    const bool more = TRY(statement.step());
    if (!more) return columns;
    columns.emplace(statement.text(1), statement.text(2));
  }
}

Result<void> make_table(Connection& connection, const hal::Table& table) {
  if (!usable_name(table.name)) return fail(Errc::internal, "sqlite: a table may not be named " + table.name);
  TRY(connection.run(fmt::format("CREATE TABLE IF NOT EXISTS \"{}\" (_key TEXT NOT NULL PRIMARY KEY) "
                                 "STRICT, WITHOUT ROWID",
                                 table.name)
                         .c_str()));
  const auto stored = TRY(stored_columns(connection, table.name));
  for (const auto& column : table.columns) {
    if (!usable_name(column.name))
      return fail(Errc::internal, "sqlite: a column may not be named " + column.name);
    const auto known = stored.find(column.name);
    if (known == stored.end()) {
      TRY(connection.run(
          fmt::format("ALTER TABLE \"{}\" ADD COLUMN {}", table.name, declaration(column)).c_str()));
    } else if (known->second != type_of(column.kind)) {
      return fail(Errc::refused,
                  fmt::format("sqlite: {}.{} is {} here", table.name, column.name, known->second));
    }
  }
  return {};
}

std::string column_list(const hal::Table& table) {
  std::string list = "_key";
  for (const auto& column : table.columns) list += ", \"" + column.name + "\"";
  return list;
}

}  // namespace

Result<void> apply_schema(Connection& connection, const hal::Schema& schema) {
  const auto version = TRY(settled_version(connection));
  if (version > schema.version) {
    return fail(Errc::refused, fmt::format("sqlite: made by a newer program (schema {}, this one knows {})",
                                           version, schema.version));
  }
  TRY(connection.run("BEGIN IMMEDIATE"));
  const auto make_all = [&]() -> Result<void> {
    for (const auto& table : schema.tables) TRY(make_table(connection, table));
    return connection.run("COMMIT");
  };
  auto made = make_all();
  if (!made && connection.in_transaction()) (void)connection.run("ROLLBACK");
  return made;
}

Result<std::int64_t> settled_version(Connection& connection) {
  auto statement = TRY(connection.prepare("PRAGMA user_version"));
  TRY(statement.step());
  return statement.number(0);
}

Result<void> settle_version(Connection& connection, std::int64_t version) {
  return connection.run(fmt::format("PRAGMA user_version = {}", version).c_str());
}

std::string sql_to_put(const hal::Table& table) {
  std::string places = "?";
  for (std::size_t i = 0; i < table.columns.size(); ++i) places += ", ?";
  return fmt::format("INSERT OR REPLACE INTO \"{}\" ({}) VALUES ({})", table.name, column_list(table),
                     places);
}

std::string sql_to_read(const hal::Table& table, std::string_view column) {
  auto sql = fmt::format("SELECT {} FROM \"{}\"", column_list(table), table.name);
  if (!column.empty()) sql += fmt::format(" WHERE \"{}\" = ?", column);
  return sql + " ORDER BY _key";
}

}  // namespace kiosk::drivers
