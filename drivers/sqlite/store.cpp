#include <atomic>

#include "drivers/sqlite/connection.hpp"
#include "drivers/sqlite/open.hpp"
#include "drivers/sqlite/seal.hpp"
#include "drivers/sqlite/set_aside.hpp"
#include "drivers/sqlite/sqlite.hpp"
#include "drivers/sqlite/tables.hpp"
#include "drivers/sqlite/transaction.hpp"
#include "hal/base/log.hpp"

namespace kiosk::drivers {

namespace {

/// Holds SQLite's own lock, so that other threads wait until the transaction is over.
class Turn {
 public:
  explicit Turn(sqlite3_mutex* mutex) : mutex_(mutex) { sqlite3_mutex_enter(mutex_); }
  ~Turn() { sqlite3_mutex_leave(mutex_); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  sqlite3_mutex* mutex_;
};

class SqliteStore final : public hal::Store {
 public:
  SqliteStore(Connection connection, PersonalBytes key, hal::Schema schema, std::int64_t settled,
              hal::StoreHealth health)
      : connection_(std::move(connection)),
        key_(std::move(key)),
        schema_(std::move(schema)),
        settled_(settled),
        health_(std::move(health)) {}

  Result<void> transact(const Body& body) override {
    const Turn turn(connection_.mutex());
    if (connection_.in_transaction()) return fail(Errc::internal, "a transaction inside a transaction");
    TRY(connection_.run("BEGIN IMMEDIATE"));
    SqliteTransaction transaction(connection_, key_, schema_);
    auto result = body(transaction);
    if (result && transaction.failure()) result = std::unexpected(*transaction.failure());
    if (result) result = connection_.run("COMMIT");
    if (!result && connection_.in_transaction()) (void)connection_.run("ROLLBACK");
    if (!result && result.error().code == Errc::storage) {
      log::error("store", "records cannot be kept", {{"why", result.error().what}});
    }
    return result;
  }

  Result<void> settle() override {
    const Turn turn(connection_.mutex());
    if (connection_.in_transaction()) return fail(Errc::internal, "settling inside a transaction");
    if (settled_ == schema_.version) return {};
    TRY(settle_version(connection_, schema_.version));
    settled_ = schema_.version;
    return {};
  }

  std::int64_t settled() const override { return settled_; }
  hal::StoreHealth health() const override { return health_; }

 private:
  Connection connection_;
  PersonalBytes key_;
  hal::Schema schema_;
  std::atomic<std::int64_t> settled_;
  hal::StoreHealth health_;
};

/// A cell of known content, sealed when the database is made: tells a wrong key at once, and not years later.
Result<void> check_key(Connection& connection, const PersonalBytes& key) {
  constexpr std::string_view place = "_seal:check:text";
  TRY(connection.run("CREATE TABLE IF NOT EXISTS _seal (check_text BLOB NOT NULL) STRICT"));
  auto statement = TRY(connection.prepare("SELECT check_text FROM _seal"));
  const bool known = TRY(statement.step());
  if (known) {
    if (unseal(key, place, statement.blob(0))) return {};
    return fail(Errc::refused, "sqlite: the database was sealed with another key");
  }
  const auto sealed = TRY(seal(key, place, PersonalText("sealed with this key")));
  auto insert = TRY(connection.prepare("INSERT INTO _seal VALUES (?)"));
  TRY(insert.bind(0, BytesView(sealed)));
  TRY(insert.step());
  return {};
}

}  // namespace

Result<std::unique_ptr<hal::Store>> make_sqlite(const std::filesystem::path& path, PersonalBytes key,
                                                hal::Schema schema) {
  if (key.reveal().size() != seal_key_size) return fail(Errc::internal, "sqlite: the key is not 32 bytes");
  auto connection = TRY(open_or_replace(path));
  TRY(apply_schema(connection, schema));
  TRY(check_key(connection, key));
  const auto settled = TRY(settled_version(connection));
  return std::make_unique<SqliteStore>(std::move(connection), std::move(key), std::move(schema), settled,
                                       hal::StoreHealth{all_set_aside(path)});
}

}  // namespace kiosk::drivers
