#pragma once
// The simulated registry's own database: a thin, aborting hold on SQLite. A lobby whose ledger fails has no
// story to tell, so errors end it.

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "hal/base/bytes.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace kiosk::lobby {

/// One statement being carried out: `while (rows.next()) rows.text(0);`
class Rows {
 public:
  explicit Rows(sqlite3_stmt* statement) : statement_(statement) {}
  Rows(Rows&& other) noexcept : statement_(other.statement_) { other.statement_ = nullptr; }
  Rows& operator=(Rows&&) = delete;
  ~Rows();

  bool next();
  std::string text(int column) const;
  std::int64_t number(int column) const;
  Bytes blob(int column) const;

 private:
  sqlite3_stmt* statement_;
};

class Ledger {
 public:
  /// Opens or makes the file (":memory:" for none) with the tables of schema.
  explicit Ledger(const std::string& path);
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;
  ~Ledger();

  /// Carries out a statement that answers nothing; returns how many rows it changed.
  template <class... Values>
  int run(std::string_view sql, const Values&... values) {
    auto rows = ask(sql, values...);
    while (rows.next()) {
    }
    return changes();
  }

  template <class... Values>
  Rows ask(std::string_view sql, const Values&... values) {
    sqlite3_stmt* statement = prepare(sql);
    int at = 0;
    (bind_value(statement, ++at, values), ...);
    return Rows(statement);
  }

 private:
  template <class T>
  static void bind_value(sqlite3_stmt* statement, int at, const T& value) {
    if constexpr (std::is_integral_v<T>) {
      bind(statement, at, static_cast<std::int64_t>(value));
    } else if constexpr (std::is_convertible_v<T, std::string_view>) {
      bind(statement, at, std::string_view(value));
    } else {
      bind(statement, at, BytesView(value));
    }
  }
  static void bind(sqlite3_stmt* statement, int at, std::int64_t value);
  static void bind(sqlite3_stmt* statement, int at, std::string_view value);
  static void bind(sqlite3_stmt* statement, int at, BytesView value);
  sqlite3_stmt* prepare(std::string_view sql);
  int changes() const;

  sqlite3* database_ = nullptr;
};

}  // namespace kiosk::lobby
