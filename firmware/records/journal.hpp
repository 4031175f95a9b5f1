#pragma once
// What the session is doing, written down before it is done, so that a kiosk that lost power knows what it
// owes.

#include <string>
#include <string_view>
#include <vector>

#include "hal/base/clock.hpp"
#include "hal/store.hpp"

namespace kiosk::records {

/// What a session can owe while it runs.
enum class Debt {
  card,        ///< the citizen's card lies on the reader; reference: empty
  submission,  ///< an application was prepared; reference: its idempotency key
};

std::string_view name_of(Debt debt);

struct Owed {
  Debt what = Debt::card;
  std::string reference;
  WallTime since;
  bool operator==(const Owed&) const = default;
};

struct Step {
  std::string name;
  WallTime at;
  bool operator==(const Step&) const = default;
};

/// A session as the journal knows it. No personal data: references only.
struct SessionEntry {
  std::string id;
  std::string service;
  WallTime began;
  std::string outcome;      ///< empty while it runs, or when the program ended first
  std::vector<Step> steps;  ///< in order
  std::vector<Owed> owed;
  bool operator==(const SessionEntry&) const = default;
};

/// Each call is one transaction: on success it is on the disk. Errors of all calls: `storage`; `not_present`
/// for a session that did not begin; `internal` for one that has ended. Any thread. Blocks for the disk,
/// about 3 ms.
class Journal {
 public:
  Journal(hal::Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  /// `session`: a new UUID, the same as in the audit trail.
  Result<void> begin(std::string_view session, std::string_view service);

  /// The session reached a step: "identified", "signed". Plain words of the procedure, never a citizen's
  /// data.
  Result<void> step(std::string_view session, std::string_view name);

  /// Written *before* the thing is done; the same debt twice is one debt.
  Result<void> owe(std::string_view session, Debt what, std::string_view reference = {});

  /// The debt is gone: card taken, application settled. Success too when there was none, and
  /// also after the end of the session.
  Result<void> settle(std::string_view session, Debt what, std::string_view reference = {});

  /// The session is over. What it still owes stays owed and in unfinished().
  Result<void> end(std::string_view session, std::string_view outcome);

  /// Sessions that did not end, or ended owing something; oldest first. Asked for at start, before the first
  /// citizen: each debt is settled or handed to staff, then the session is ended ("interrupted").
  Result<std::vector<SessionEntry>> unfinished();

 private:
  hal::Store& store_;
  const Clock& clock_;
};

}  // namespace kiosk::records
