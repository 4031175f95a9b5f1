#include "firmware/records/recovery.hpp"

namespace kiosk::records {

Result<void> recover(Journal& journal, Submissions& submissions, Papers& papers, Audit& audit) {
  TRY(submissions.recover());
  TRY(papers.recover());
  const auto unfinished = TRY(journal.unfinished());
  for (const auto& session : unfinished) {
    if (!session.outcome.empty()) continue;  // ended, and what it owes is known
    TRY(audit.record({.id = "session.interrupted",
                      .role = Role::kiosk,
                      .purpose = session.service,
                      .session = session.id,
                      .facts = {{"owed", static_cast<std::int64_t>(session.owed.size())}}}));
    TRY(journal.end(session.id, "interrupted"));
  }
  return {};
}

}  // namespace kiosk::records
