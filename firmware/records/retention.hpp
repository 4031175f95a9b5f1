#pragma once
// What is deleted when. Nothing that is open or unknown is ever deleted by age, and a paper that is owed is
// first left to the windows.

#include <chrono>

#include "firmware/records/audit.hpp"

namespace kiosk::records {

/// Ages from configuration, counted from the last change.
struct Retention {
  std::chrono::days paper_data{1};  ///< the personal data of a decided application whose paper is delivered
  std::chrono::days papers{1};      ///< owed or in doubt, and nobody came back for it
  std::chrono::days submissions{365};  ///< settled applications and their papers
  std::chrono::days sessions{90};      ///< ended sessions that owe nothing
  std::chrono::days counters{1095};
  std::chrono::days audit{1095};  ///< whole day files; the deletion itself is recorded in the chain
};

struct Swept {
  int papers = 0, paper_data = 0, submissions = 0, sessions = 0, counters = 0, audit_files = 0;
  bool operator==(const Swept&) const = default;
};

/// Deletes what is old enough. Once a day, outside sessions, and only while the clock agrees with the
/// registry's: a clock that is years ahead would make everything old. `storage`; what was deleted until then
/// stays deleted, and the next run goes on. Blocks for the disk, up to some seconds after a long pause.
Result<Swept> sweep(hal::Store& store, const Clock& clock, Audit& audit, const Retention& rules);

}  // namespace kiosk::records
