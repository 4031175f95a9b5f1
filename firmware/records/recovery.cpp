#include "firmware/records/recovery.hpp"

namespace kiosk::records {

namespace {

/// Whether nothing is to be asked about it any more. That it never left is a line of the trail, which may say
/// already that it was being sent.
Result<bool> settled(Submissions& submissions, Audit& audit, const std::string& key) {
  const auto submission = submissions.find(key);
  if (!submission && submission.error().code == Errc::not_present) return true;  // never even prepared
  if (!submission) return std::unexpected(submission.error());
  if (submission->state != SubmissionState::withdrawn) return submission->state == SubmissionState::decided;
  TRY(audit.record({.id = "application.withdrawn",
                    .role = Role::kiosk,
                    .purpose = submission->service,
                    .session = submission->session,
                    .facts = {{"key", key}, {"why", submission->why}}}));
  return true;
}

}  // namespace

Result<void> close_open_ends(Journal& journal, Submissions& submissions, Papers& papers, Audit& audit) {
  TRY(submissions.recover());
  TRY(papers.recover());
  const auto unfinished = TRY(journal.unfinished());
  for (const auto& session : unfinished) {
    for (const auto& debt : session.owed) {
      if (debt.what != Debt::submission) continue;
      const bool done = TRY(settled(submissions, audit, debt.reference));
      if (done) TRY(journal.settle(session.id, Debt::submission, debt.reference));
    }
  }
  return {};
}

Result<void> recover(Journal& journal, Submissions& submissions, Papers& papers, Audit& audit) {
  TRY(close_open_ends(journal, submissions, papers, audit));
  const auto unfinished = TRY(journal.unfinished());
  for (const auto& session : unfinished) {
    TRY(journal.settle(session.id, Debt::card));
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
