#pragma once
// SQLite's C interface, with owners and Results.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include <sqlite3.h>

#include "hal/base/bytes.hpp"

namespace kiosk::drivers {

/// One prepared statement. Parameters and columns count from 0.
class Statement {
 public:
  Statement(sqlite3* database, sqlite3_stmt* statement)
      : database_(database), statement_(statement, &sqlite3_finalize) {}

  Result<void> bind(int parameter, std::int64_t value);
  Result<void> bind(int parameter, std::string_view text);
  Result<void> bind(int parameter, BytesView blob);

  /// True when there is a row, false at the end.
  Result<bool> step();

  std::int64_t number(int column) const { return sqlite3_column_int64(statement_.get(), column); }
  std::string_view text(int column) const;
  BytesView blob(int column) const;

 private:
  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement_;
};

/// An open database. Errors of all calls: `storage` full, read-only, failing or damaged · `busy` another
/// program held the file for 5 s · `internal` SQL that SQLite does not take.
class Connection {
 public:
  /// Opens or makes the file, readable for its owner only.
  static Result<Connection> open(const std::filesystem::path& path);

  Result<Statement> prepare(std::string_view sql);

  /// Runs statements that answer nothing.
  Result<void> run(const char* sql);

  /// True after a failure that SQLite itself calls damage.
  bool damaged() const;

  /// The lock that SQLite takes for each call; held across a transaction it keeps other threads out.
  /// Recursive.
  sqlite3_mutex* mutex() const { return sqlite3_db_mutex(database_.get()); }
  bool in_transaction() const { return sqlite3_get_autocommit(database_.get()) == 0; }

 private:
  explicit Connection(sqlite3* database) : database_(database, &sqlite3_close) {}
  std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database_;
};

}  // namespace kiosk::drivers
