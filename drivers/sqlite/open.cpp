#include "drivers/sqlite/open.hpp"

#include <variant>

#include "drivers/sqlite/set_aside.hpp"
#include "hal/base/log.hpp"

namespace kiosk::drivers {

namespace {

/// A database that is whole. Damage is told apart from a disk that fails: only the first is set aside.
struct Damage {
  std::string what;
};
using Opened = std::variant<Connection, Damage>;

Result<std::string> check_integrity(Connection& connection) {
  auto statement = TRY(connection.prepare("PRAGMA integrity_check(1)"));
  TRY(statement.step());
  return std::string(statement.text(0));
}

Result<void> prepare(Connection& connection) {
  // FULL: a commit is on the disk when it returns. secure_delete: erased rows are overwritten.
  return connection.run(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA "
      "trusted_schema = OFF;"
      "PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON; PRAGMA journal_size_limit = 4194304;");
}

Result<Opened> open_checked(const std::filesystem::path& path) {
  auto connection = TRY(Connection::open(path));
  const auto prepared = prepare(connection);
  if (!prepared && connection.damaged()) return Damage{prepared.error().what};
  if (!prepared) return std::unexpected(prepared.error());
  const auto verdict = check_integrity(connection);
  if (!verdict && connection.damaged()) return Damage{verdict.error().what};
  if (!verdict) return std::unexpected(verdict.error());
  if (*verdict != "ok") return Damage{*verdict};
  return connection;
}

}  // namespace

Result<Connection> open_or_replace(const std::filesystem::path& path) {
  auto opened = TRY(open_checked(path));
  if (auto* connection = std::get_if<Connection>(&opened)) return std::move(*connection);
  const auto kept = TRY(set_aside(path));
  log::error("store", "the database is damaged; it is kept aside and a fresh one begins",
             {{"kept", kept.string()}, {"damage", std::get<Damage>(opened).what}});
  auto fresh = TRY(open_checked(path));
  if (auto* connection = std::get_if<Connection>(&fresh)) return std::move(*connection);
  return fail(Errc::storage, "sqlite: a fresh database is damaged too");
}

}  // namespace kiosk::drivers
