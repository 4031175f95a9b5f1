#include "firmware/records/retention.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "firmware/records/audit_files.hpp"
#include "firmware/records/counters.hpp"
#include "firmware/records/journal.hpp"
#include "firmware/records/papers.hpp"
#include "firmware/records/schema.hpp"
#include "firmware/records/submissions.hpp"
#include "firmware/records/verify/verifier.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/set_clock.hpp"
#include "tests/support/temporary_folder.hpp"

namespace kiosk::records {
namespace {

using std::chrono::days;

struct RetentionTest : ::testing::Test {
  void decide(const std::string& key) {
    hal::Application application;
    application.key = key;
    application.mortgage_id = key;
    ASSERT_TRUE(submissions.prepare("s", application, PersonalText("张三")));
    ASSERT_TRUE(submissions.sending(key));
    ASSERT_TRUE(submissions.decided(key, {}));
  }
  Swept sweep() { return records::sweep(store, clock, audit, rules).value(); }

  testing::TemporaryFolder folder;
  testing::MemoryStore store{schema()};
  testing::SetClock clock;
  Audit audit = Audit::open(store, clock, {folder.path(), "k"}, {}).value();
  Submissions submissions{store, clock};
  Papers papers{store, clock};
  Journal journal{store, clock};
  Counters counters{store, clock};
  Retention rules;
};

TEST_F(RetentionTest, ForgetsThePersonalPartOnceThePaperIsDelivered) {
  decide("k");
  EXPECT_EQ(sweep(), Swept{}) << "the paper is owed";
  ASSERT_TRUE(papers.printing("k"));
  ASSERT_TRUE(papers.printed("k"));
  EXPECT_EQ(sweep(), Swept{}) << "the citizen may come back for a reprint today";
  clock.advance(days(1));
  EXPECT_EQ(sweep(), Swept{.paper_data = 1});
  EXPECT_TRUE(submissions.find("k")->for_paper.empty());
  EXPECT_EQ(sweep(), Swept{});
  clock.advance(days(365));
  EXPECT_EQ(sweep(), Swept{.submissions = 1});
  EXPECT_EQ(submissions.find("k").error().code, Errc::not_present);
}

TEST_F(RetentionTest, LeavesAPaperThatNobodyCameBackForToTheWindows) {
  decide("owed");
  decide("in doubt");
  ASSERT_TRUE(papers.printing("in doubt"));
  ASSERT_TRUE(papers.in_doubt("in doubt"));
  clock.advance(std::chrono::hours(23));
  EXPECT_EQ(sweep(), Swept{});
  clock.advance(std::chrono::hours(1));
  EXPECT_EQ(sweep(), Swept{.papers = 2});
  EXPECT_EQ(papers.find("in doubt")->state, PaperState::left_to_windows);
  EXPECT_EQ(counters.totals()->at("papers.left_to_windows"), 2);
  EXPECT_EQ(audit.head()->line, 2) << "a line for each";
  clock.advance(days(1));
  EXPECT_EQ(sweep(), Swept{.paper_data = 2});
}

TEST_F(RetentionTest, NeverDeletesWhatIsOpen) {
  hal::Application sent;
  sent.key = sent.mortgage_id = "sent";
  ASSERT_TRUE(submissions.prepare("s", sent, PersonalText("张三")));
  ASSERT_TRUE(submissions.sending("sent"));
  ASSERT_TRUE(journal.begin("running", "x"));
  ASSERT_TRUE(journal.begin("owing", "x"));
  ASSERT_TRUE(journal.owe("owing", Debt::card));
  ASSERT_TRUE(journal.end("owing", "done"));
  clock.advance(days(10000));
  EXPECT_EQ(sweep(), Swept{});
  EXPECT_EQ(journal.unfinished()->size(), 2U);
  EXPECT_EQ(submissions.pending()->size(), 1U);
}

TEST_F(RetentionTest, DeletesOldSessionsAndCounts) {
  ASSERT_TRUE(journal.begin("s", "x"));
  ASSERT_TRUE(journal.step("s", "identified"));
  ASSERT_TRUE(journal.end("s", "done"));
  ASSERT_TRUE(counters.add("sessions"));
  clock.advance(days(89));
  EXPECT_EQ(sweep(), Swept{});
  clock.advance(days(1));
  ASSERT_TRUE(counters.add("sessions", 2));
  EXPECT_EQ(sweep(), Swept{.sessions = 1});
  EXPECT_TRUE(store.kept().at("steps").empty());
  EXPECT_EQ(counters.totals()->at("sessions"), 3);
  EXPECT_EQ(counters.on(domain::day_in_china(clock.now()))->at("sessions"), 2);
  clock.advance(days(1095));
  EXPECT_EQ(sweep().counters, 1);
}

TEST_F(RetentionTest, DeletesOldAuditFilesAndSaysSoInTheChain) {
  ASSERT_TRUE(audit.record({.id = "a.b"}));
  clock.advance(days(600));
  ASSERT_TRUE(audit.record({.id = "a.b"}));
  clock.advance(days(500));
  ASSERT_TRUE(audit.record({.id = "a.b"}));
  EXPECT_EQ(sweep(), Swept{.audit_files = 1});
  const AuditFiles files(folder.path());
  AuditVerifier verifier;
  std::string all;
  const auto names = files.all().value();
  for (const auto& name : names) {
    const auto content = *files.content(name);
    all += content;
    verifier.take_file(name, content);
  }
  EXPECT_TRUE(all.contains("audit-2026-08-01.jsonl"));
  EXPECT_TRUE(verifier.finish().whole());
  clock.advance(days(5000));
  EXPECT_EQ(sweep().audit_files, 1) << "the newest stays";
}

}  // namespace
}  // namespace kiosk::records
