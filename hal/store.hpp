#pragma once
// The kiosk's memory: a small store of records that survives a crash and a power cut. What it holds is sealed
// cell by cell where it is about a person, so that a stolen disk tells nothing.

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "hal/base/personal.hpp"
#include "hal/base/result.hpp"

namespace kiosk::hal {

/// One cell of a record. A personal one may hold any bytes; on disk it is sealed (AES-256-GCM) and bound to
/// its place, so that it opens in no other row or column. The index of the variant is the CellKind.
using Cell = std::variant<std::int64_t, std::string, PersonalText>;
enum class CellKind { number, text, personal };

struct Column {
  std::string name;
  CellKind kind = CellKind::text;
};

/// Names are lower-case letters, digits and underscores, and begin with a letter.
struct Table {
  std::string name;
  std::vector<Column> columns;
};

/// All tables of a program, declared before the store opens. A new version may add tables and columns, never
/// take away or change: older rows then read as 0, "" or an empty personal text there. A program of an older
/// version may therefore still open what a newer one has only added to, until that one settles (see Store).
struct Schema {
  int version = 1;
  std::vector<Table> tables;
};

/// One record. A row that was read has every column of its table; a row to be written may leave columns out.
struct Row {
  std::string key;
  std::map<std::string, Cell, std::less<>> cells;

  /// The cell of that name. Asking for one that is not there, or of another kind, is a bug and aborts.
  std::int64_t number(std::string_view column) const { return get<std::int64_t>(column); }
  const std::string& text(std::string_view column) const { return get<std::string>(column); }
  const PersonalText& personal(std::string_view column) const { return get<PersonalText>(column); }

  bool operator==(const Row&) const = default;

 private:
  template <class T>
  const T& get(std::string_view column) const;
};

/// Rows whose column equals a value. Personal columns cannot be searched: they are sealed.
struct Match {
  std::string column;
  std::variant<std::int64_t, std::string> value;
};

/// What may be done inside Store::transact. A table or column that was not declared, a cell of the wrong kind
/// or an empty key is `internal`. Every call: `storage` when the disk or the file fails.
class Transaction {
 public:
  virtual ~Transaction() = default;

  /// Writes a whole row; one that has the key already is replaced, left-out columns become 0, "" or empty.
  virtual Result<void> put(std::string_view table, const Row& row) = 0;

  /// `not_present` when no row has the key.
  virtual Result<Row> get(std::string_view table, std::string_view key) = 0;

  /// Takes a row away; success too when there was none. What it held is overwritten on disk.
  virtual Result<void> erase(std::string_view table, std::string_view key) = 0;

  /// All rows, or those that match, in the order of their keys (bytes).
  virtual Result<std::vector<Row>> list(std::string_view table, const std::optional<Match>& match = {}) = 0;
};

/// What the health page shows beside "works".
struct StoreHealth {
  /// Damaged databases that were found at some opening and kept aside, for a technician to take away. The
  /// records in them are missing here: someone must look.
  std::vector<std::string> set_aside;
};

/// The store. Calls may come from any thread; transactions run one after the other.
/// It takes no Wait on purpose: what must be remembered is not given up because a session ends. A transaction
/// takes about 3 ms on a healthy disk and at most 5 s on a busy one.
class Store {
 public:
  using Body = std::function<Result<void>(Transaction&)>;

  virtual ~Store() = default;

  /// Runs `body` and keeps all that it wrote, or nothing. On success it is on the disk: a power cut after the
  /// return loses nothing. An error of `body` is returned as it is and undoes everything. `storage`: the disk
  /// is full, read-only or failing, and nothing was kept · `internal`: called from within a body.
  virtual Result<void> transact(const Body& body) = 0;

  /// From now on no program of an older schema may open the store: it would lose what stands in columns that
  /// it does not know whenever it replaces a row. For a program that is there to stay, since one on trial may
  /// have to give way to the older one. Settled twice is settled once; on success it is on the disk. Errors
  /// as transact.
  virtual Result<void> settle() = 0;

  /// The schema's version that was settled last; 0 when none ever was. Does not block.
  virtual std::int64_t settled() const = 0;

  /// Does not block.
  virtual StoreHealth health() const = 0;
};

/// transact for a body that answers something: its result is returned when the transaction was kept.
template <class Body>
auto in_transaction(Store& store, Body&& body) -> std::invoke_result_t<Body&, Transaction&> {
  std::invoke_result_t<Body&, Transaction&> answer = fail(Errc::internal, "the body did not run");
  const auto kept = store.transact([&](Transaction& transaction) -> Result<void> {
    answer = body(transaction);
    if (!answer) return std::unexpected(answer.error());
    return {};
  });
  if (!kept) return std::unexpected(kept.error());
  return answer;
}

template <class T>
const T& Row::get(std::string_view column) const {
  const auto cell = cells.find(column);
  if (cell == cells.end()) std::abort();
  const auto* value = std::get_if<T>(&cell->second);
  if (value == nullptr) std::abort();
  return *value;
}

}  // namespace kiosk::hal
