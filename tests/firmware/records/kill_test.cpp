// A kiosk that loses power in the middle of a service, once before each change it makes to its disk: a child
// runs the records of one service, and is killed right before its n-th system call that changes a file, for
// every n there is.

#include "tests/support/kill.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include "drivers/sqlite/sqlite.hpp"
#include "firmware/records/audit.hpp"
#include "firmware/records/audit_files.hpp"
#include "firmware/records/journal.hpp"
#include "firmware/records/papers.hpp"
#include "firmware/records/schema.hpp"
#include "firmware/records/submissions.hpp"
#include "firmware/records/verify/verifier.hpp"
#include "hal/base/log.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::records {
namespace {

using testing::End;
using testing::run_and_kill;

/// What a step was told to have kept. The child's only way to speak: memory that outlives it.
struct Told {
  int steps = 0;
  bool sent = false;  ///< a byte left for the registry
};

enum Done {
  began = 1,
  audited,
  owes_card,
  prepared_step,
  owes_submission,
  sending,
  audited_sending,
  decided_step,
  printing,
  printed,
  settled,
  signed_head,
  ended
};

struct Records {
  explicit Records(const std::filesystem::path& folder)
      : store(drivers::make_sqlite(folder / "kiosk.db", PersonalBytes(Bytes(32, 7)), schema()).value()),
        audit(Audit::open(*store, clock, {folder, "kiosk-7"}, SigningKey::load(folder / "key.pem").value())
                  .value()) {}

  SystemClock clock;
  std::unique_ptr<hal::Store> store;
  Audit audit;
  Journal journal{*store, clock};
  Submissions submissions{*store, clock};
  Papers papers{*store, clock};
};

/// The script. Each step counts as done once its call returned success.
void serve(const std::filesystem::path& folder, Told& told) {
  Records records(folder);
  const auto done = [&](Done step, const auto& result) {
    if (!result) _exit(3);
    told.steps = step;
  };
  hal::Application application;
  application.key = application.mortgage_id = "key";
  done(began, records.journal.begin("s", "mortgage_cancellation"));
  done(audited, records.audit.record({.id = "session.began"}));
  done(owes_card, records.journal.owe("s", Debt::card));
  done(prepared_step, records.submissions.prepare("s", application, PersonalText("张三")));
  done(owes_submission, records.journal.owe("s", Debt::submission, "key"));
  done(sending, records.submissions.sending("key"));
  told.sent = true;
  done(audited_sending, records.audit.record({.id = "application.sent"}));
  done(decided_step, records.submissions.decided("key", {}));
  done(printing, records.papers.printing("key"));
  done(printed, records.papers.printed("key"));
  done(settled, records.journal.settle("s", Debt::card));
  done(signed_head, records.audit.sign_head());
  done(ended, records.journal.end("s", "done"));
}

AuditReport verify(const std::filesystem::path& folder) {
  AuditVerifier verifier;
  const AuditFiles files(folder);
  const auto names = files.all().value();
  for (const auto& name : names) verifier.take_file(name, files.content(name).value());
  return verifier.finish();
}

bool implies(bool condition, bool consequence) {
  return !condition || consequence;
}

void check_audit(Records& records, const Told& told) {
  const auto head = records.audit.head()->line;
  const int accepted = told.steps >= signed_head       ? 3
                       : told.steps >= audited_sending ? 2
                       : told.steps >= audited         ? 1
                                                       : 0;
  EXPECT_GE(head, accepted);
  EXPECT_LE(head, accepted + 1);
}

void check_journal(Records& records, const Told& told) {
  const auto unfinished = *records.journal.unfinished();
  const auto owes = [&](Debt debt) {
    return !unfinished.empty() &&
           std::ranges::find(unfinished[0].owed, debt, &Owed::what) != unfinished[0].owed.end();
  };
  EXPECT_TRUE(implies(told.steps >= began, unfinished.size() == 1));
  EXPECT_TRUE(implies(told.steps >= owes_card && told.steps < printed, owes(Debt::card)));
  EXPECT_TRUE(implies(told.steps >= settled, !owes(Debt::card)));
  EXPECT_TRUE(implies(told.steps >= owes_submission, owes(Debt::submission)));
}

void check_submission(Records& records, const Told& told) {
  using enum SubmissionState;
  const auto submission = records.submissions.find("key");
  if (!submission) {
    EXPECT_LT(told.steps, prepared_step) << "an accepted application is gone";
    return;
  }
  const bool is_decided = submission->state == decided;
  EXPECT_TRUE(implies(told.sent, submission->state != withdrawn)) << "it would be sent a second time";
  EXPECT_TRUE(implies(told.sent && !is_decided, records.submissions.pending()->size() == 1))
      << "it must be asked for";
  EXPECT_TRUE(implies(told.steps >= decided_step, is_decided));
  if (!is_decided) return;
  const auto paper = records.papers.find("key");
  ASSERT_TRUE(paper) << "a decision without its paper";
  EXPECT_TRUE(implies(told.steps >= printing, paper->state != PaperState::owed));
  EXPECT_TRUE(implies(told.steps >= printed, paper->state == PaperState::printed));
  EXPECT_TRUE(implies(told.steps < decided_step, paper->state == PaperState::owed));
}

void check_after(const std::filesystem::path& folder, const Told& told) {
  Records records(folder);
  EXPECT_TRUE(records.store->health().set_aside.empty());
  check_audit(records, told);
  ASSERT_TRUE(records.submissions.recover());
  ASSERT_TRUE(records.papers.recover());
  check_journal(records, told);
  check_submission(records, told);
  ASSERT_TRUE(records.audit.record({.id = "kiosk.restarted"}));
  const auto report = verify(folder);
  EXPECT_TRUE(report.whole()) << (report.whole() ? "" : report.problems[0].what);
}

TEST(PowerCut, LosesNothingThatWasAcceptedAtAnyStep) {
  log::set_sink([](log::Level, std::string_view) {});  // each cut is told in the log, as it should be
  auto* told = static_cast<Told*>(
      ::mmap(nullptr, sizeof(Told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(told, MAP_FAILED);
  const auto key = SigningKey::generate().value();
  int cuts = 0;
  for (int n = 1;; ++n) {
    const testing::TemporaryFolder folder;
    ASSERT_TRUE(key.save(folder / "key.pem"));
    *told = Told{};
    const auto end = run_and_kill([&] { serve(folder.path(), *told); }, n);
    ASSERT_NE(end, End::cannot_trace) << "this machine does not allow ptrace: nothing can be cut";
    ASSERT_NE(end, End::failed) << "at change " << n << ", step " << told->steps;
    SCOPED_TRACE("before change " + std::to_string(n) + ", after step " + std::to_string(told->steps));
    check_after(folder.path(), *told);
    if (HasFailure()) return;
    if (end == End::finished) break;
    ++cuts;
  }
  RecordProperty("cuts", cuts);
  EXPECT_GT(cuts, 50) << "the child must have been killed at many places, or this test proves nothing";
  ::munmap(told, sizeof(Told));
}

TEST(PowerCut, LeavesNoPersonalTextOnTheDisk) {
  const testing::TemporaryFolder folder;
  const auto key = SigningKey::generate().value();
  ASSERT_TRUE(key.save(folder / "key.pem"));
  Records records(folder.path());
  const std::array canaries{std::string("张三丰收"), std::string("11010519491231002X"),
                            std::string("某市某路一号楼四单元")};
  hal::Application application;
  application.key = application.mortgage_id = "key";
  application.applicant.card.name = PersonalText(canaries[0]);
  application.applicant.card.number = PersonalText(canaries[1]);
  application.applicant.card.address = PersonalText(canaries[2]);
  hal::Reply reply;
  reply.reason = canaries[0] + canaries[1] + canaries[2];
  ASSERT_TRUE(records.journal.begin("s", "x"));
  ASSERT_TRUE(
      records.submissions.prepare("s", application, PersonalText(canaries[0] + canaries[1] + canaries[2])));
  ASSERT_TRUE(records.submissions.sending("key"));
  ASSERT_TRUE(records.submissions.decided("key", reply));
  ASSERT_TRUE(records.audit.record({.id = "reply.shown", .actor = canaries[1]}));
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(stream), {}};
    for (const auto& canary : canaries)
      EXPECT_FALSE(content.contains(canary)) << entry.path() << " holds " << canary;
  }
}

}  // namespace
}  // namespace kiosk::records
