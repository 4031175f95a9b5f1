#pragma once
// The declared tables as SQL.

#include "drivers/sqlite/connection.hpp"
#include "hal/store.hpp"

namespace kiosk::drivers {

/// Makes missing tables and columns, in one transaction. `refused`: the database was made by a newer program,
/// or has a column of another kind · `internal`: names that the schema may not use.
Result<void> apply_schema(Connection& connection, const hal::Schema& schema);

/// "INSERT OR REPLACE INTO t (_key, a, b) VALUES (?, ?, ?)", columns as declared.
std::string sql_to_put(const hal::Table& table);

/// "SELECT _key, a, b FROM t WHERE `column` = ? ORDER BY _key"; without a column all rows.
std::string sql_to_read(const hal::Table& table, std::string_view column);

}  // namespace kiosk::drivers
