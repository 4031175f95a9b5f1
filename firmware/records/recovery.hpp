#pragma once
// What an earlier run left open: nothing is sent or printed again, everything is handed to who can settle it.

#include "firmware/records/audit.hpp"
#include "firmware/records/journal.hpp"
#include "firmware/records/papers.hpp"
#include "firmware/records/submissions.hpp"

namespace kiosk::records {

/// Once at start, before the first citizen: applications that left without an answer become unknown, papers
/// that were printing are in doubt, and sessions that did not end are ended as "interrupted", with a line in
/// the audit trail. `storage`. Blocks for the disk.
Result<void> recover(Journal& journal, Submissions& submissions, Papers& papers, Audit& audit);

}  // namespace kiosk::records
