#include "tests/lobby/registry/ledger.hpp"

#include <cstdio>
#include <cstdlib>

#include <sqlite3.h>

namespace kiosk::lobby {
namespace {

constexpr const char* schema = R"(
CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, value BLOB);
CREATE TABLE IF NOT EXISTS person (number TEXT PRIMARY KEY, name TEXT, portrait BLOB);
CREATE TABLE IF NOT EXISTS staff (badge TEXT PRIMARY KEY, id TEXT, pin TEXT, tries INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS mortgage (id TEXT PRIMARY KEY, place INTEGER, version INTEGER DEFAULT 1, state TEXT,
                                     decision TEXT DEFAULT '', body TEXT);
CREATE TABLE IF NOT EXISTS owner (mortgage TEXT, party TEXT, number TEXT, name TEXT, PRIMARY KEY (mortgage, party));
CREATE TABLE IF NOT EXISTS evidence (handle TEXT PRIMARY KEY, number TEXT, proof TEXT, made INTEGER);
CREATE TABLE IF NOT EXISTS confirmed (mortgage TEXT, party TEXT, PRIMARY KEY (mortgage, party));
CREATE TABLE IF NOT EXISTS invited (mortgage TEXT, party TEXT, valid_to TEXT, agreed INTEGER DEFAULT 0,
                                    messages INTEGER DEFAULT 1, PRIMARY KEY (mortgage, party));
CREATE TABLE IF NOT EXISTS missed (number TEXT, day TEXT, certificate TEXT, PRIMARY KEY (number, day, certificate));
CREATE TABLE IF NOT EXISTS application (place INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE, state TEXT,
                                        digest TEXT DEFAULT '', acceptance TEXT DEFAULT '', reply TEXT DEFAULT '',
                                        record TEXT DEFAULT '');
CREATE TABLE IF NOT EXISTS matter (number TEXT PRIMARY KEY, place INTEGER, owner TEXT, body TEXT, rating INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS closed_service (name TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS staff_call (number INTEGER PRIMARY KEY AUTOINCREMENT, reason TEXT,
                                       withdrawn INTEGER DEFAULT 0);
)";

void must(int code, sqlite3* database) {
  if (code == SQLITE_OK) return;
  std::fprintf(stderr, "lobby registry: %s\n", sqlite3_errmsg(database));
  std::abort();
}

}  // namespace

Rows::~Rows() {
  sqlite3_finalize(statement_);
}

bool Rows::next() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) must(code, sqlite3_db_handle(statement_));
  return false;
}

std::string Rows::text(int column) const {
  return std::string(as_text(blob(column)));
}

std::int64_t Rows::number(int column) const {
  return sqlite3_column_int64(statement_, column);
}

Bytes Rows::blob(int column) const {
  const auto* first = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
  return first == nullptr ? Bytes{} : Bytes(first, first + size);
}

Ledger::Ledger(const std::string& path) {
  must(sqlite3_open(path.c_str(), &database_), database_);
  must(sqlite3_exec(database_, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;", nullptr, nullptr,
                    nullptr),
       database_);
  must(sqlite3_exec(database_, schema, nullptr, nullptr, nullptr), database_);
}

Ledger::~Ledger() {
  sqlite3_close(database_);
}

sqlite3_stmt* Ledger::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  must(sqlite3_prepare_v2(database_, sql.data(), static_cast<int>(sql.size()), &statement, nullptr),
       database_);
  return statement;
}

void Ledger::bind(sqlite3_stmt* statement, int at, std::int64_t value) {
  sqlite3_bind_int64(statement, at, value);
}

// The destructor argument says "copy"; SQLite's own macro for it is an old-style cast.
static const auto copy = reinterpret_cast<sqlite3_destructor_type>(std::intptr_t{-1});

void Ledger::bind(sqlite3_stmt* statement, int at, std::string_view value) {
  sqlite3_bind_text(statement, at, value.data() == nullptr ? "" : value.data(),
                    static_cast<int>(value.size()), copy);
}

void Ledger::bind(sqlite3_stmt* statement, int at, BytesView value) {
  sqlite3_bind_blob(statement, at, value.data(), static_cast<int>(value.size()), copy);
}

int Ledger::changes() const {
  return sqlite3_changes(database_);
}

}  // namespace kiosk::lobby
