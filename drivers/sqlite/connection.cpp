#include "drivers/sqlite/connection.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>

#include "hal/base/fd.hpp"

namespace kiosk::drivers {

namespace {

bool is_damage(int code) {
  return (code & 0xFF) == SQLITE_CORRUPT || (code & 0xFF) == SQLITE_NOTADB;
}

std::unexpected<Error> failure(sqlite3* database) {
  const int code = sqlite3_extended_errcode(database);
  std::string what = std::string("sqlite: ") + sqlite3_errmsg(database) + " (" + std::to_string(code) + ")";
  switch (code & 0xFF) {
    case SQLITE_BUSY:
      return fail(Errc::busy, std::move(what));
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_NOMEM:
      return fail(Errc::internal, std::move(what));
    default:
      return fail(Errc::storage, std::move(what));
  }
}

}  // namespace

Result<void> Statement::bind(int parameter, std::int64_t value) {
  if (sqlite3_bind_int64(statement_.get(), parameter + 1, value) != SQLITE_OK) return failure(database_);
  return {};
}

Result<void> Statement::bind(int parameter, std::string_view text) {
  // An empty view may point nowhere, which SQLite would take for NULL.
  const char* data = text.empty() ? "" : text.data();
  if (sqlite3_bind_text64(statement_.get(), parameter + 1, data, text.size(), SQLITE_TRANSIENT,
                          SQLITE_UTF8) != SQLITE_OK) {
    return failure(database_);
  }
  return {};
}

Result<void> Statement::bind(int parameter, BytesView blob) {
  const void* data = blob.empty() ? "" : static_cast<const void*>(blob.data());
  if (sqlite3_bind_blob64(statement_.get(), parameter + 1, data, blob.size(), SQLITE_TRANSIENT) !=
      SQLITE_OK) {
    return failure(database_);
  }
  return {};
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return failure(database_);
}

std::string_view Statement::text(int column) const {
  const auto* data = sqlite3_column_text(statement_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return data == nullptr ? std::string_view() : as_text({data, size});
}

BytesView Statement::blob(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return data == nullptr ? BytesView() : BytesView(data, size);
}

Result<Connection> Connection::open(const std::filesystem::path& path) {
  // SQLite would make the file readable for all; its log and index files take the mode of this one.
  const Fd made(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!made) return fail(Errc::storage, "sqlite: " + path.string() + ": " + std::strerror(errno));

  sqlite3* database = nullptr;
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(path.c_str(), &database, flags, nullptr);
  Connection connection(database);
  if (database == nullptr) return fail(Errc::internal, "sqlite: no memory");
  if (code != SQLITE_OK) return failure(database);
  sqlite3_busy_timeout(database, 5000);
  return connection;
}

Result<Statement> Connection::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr) !=
      SQLITE_OK) {
    return failure(database_.get());
  }
  return Statement(database_.get(), statement);
}

Result<void> Connection::run(const char* sql) {
  if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
    return failure(database_.get());
  return {};
}

bool Connection::damaged() const {
  return is_damage(sqlite3_errcode(database_.get()));
}

}  // namespace kiosk::drivers
