#pragma once
// The declared tables as SQL.

#include "drivers/sqlite/connection.hpp"
#include "hal/store.hpp"

namespace kiosk::drivers {

/// Makes missing tables and columns, in one transaction, and leaves the version as it was settled. `refused`:
/// a newer program has settled, or a column is of another kind · `internal`: names that the schema may not
/// use.
Result<void> apply_schema(Connection& connection, const hal::Schema& schema);

/// The version that was settled; 0 in a database where none was.
Result<std::int64_t> settled_version(Connection& connection);
Result<void> settle_version(Connection& connection, std::int64_t version);

/// "INSERT OR REPLACE INTO t (_key, a, b) VALUES (?, ?, ?)", columns as declared.
std::string sql_to_put(const hal::Table& table);

/// "SELECT _key, a, b FROM t WHERE `column` = ? ORDER BY _key"; without a column all rows.
std::string sql_to_read(const hal::Table& table, std::string_view column);

}  // namespace kiosk::drivers
