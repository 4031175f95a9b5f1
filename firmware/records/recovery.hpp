#pragma once
// What an earlier run left open: nothing is sent or printed again, everything is handed to who can settle it.

#include "firmware/records/audit.hpp"
#include "firmware/records/journal.hpp"
#include "firmware/records/papers.hpp"
#include "firmware/records/submissions.hpp"

namespace kiosk::records {

/// When nobody is at anything: applications that were prepared and never sent are withdrawn, with a line in
/// the audit trail, those that left without an answer are unknown, papers that were printing are in doubt,
/// and sessions no longer owe an application that is settled. `storage`. Blocks for the disk.
Result<void> close_open_ends(Journal& journal, Submissions& submissions, Papers& papers, Audit& audit);

/// Once at start, before the first citizen: the open ends, and sessions that did not end are ended as
/// "interrupted", with a line in the audit trail. A card is no longer owed: it was taken, or whoever started
/// the machine has looked. `storage`. Blocks for the disk.
Result<void> recover(Journal& journal, Submissions& submissions, Papers& papers, Audit& audit);

}  // namespace kiosk::records
