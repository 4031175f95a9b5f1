#include "firmware/records/submissions.hpp"

#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "firmware/records/papers.hpp"
#include "firmware/records/reply_json.hpp"
#include "firmware/records/schema.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/set_clock.hpp"

namespace kiosk::records {
namespace {

hal::Application application(std::string key, std::string mortgage = "m-1") {
  hal::Application made;
  made.key = std::move(key);
  made.service = "mortgage_cancellation";
  made.mortgage_id = std::move(mortgage);
  return made;
}

hal::Reply reply(hal::Decision decision = hal::Decision::registered) {
  hal::Reply made;
  made.decision = decision;
  made.acceptance_number = "202608010001";
  made.decided_at = "2026-08-01T16:00:00+08:00";
  made.slip_token = "token";
  made.defects = {"缺少证明", "\"quoted\""};
  return made;
}

struct SubmissionsTest : ::testing::Test {
  Result<void> prepare(std::string key, std::string mortgage = "m-1") {
    return submissions.prepare("s1", application(std::move(key), std::move(mortgage)), PersonalText("张三"));
  }
  SubmissionState state(std::string_view key) { return submissions.find(key)->state; }

  testing::MemoryStore store{schema()};
  testing::SetClock clock;
  Submissions submissions{store, clock};
  Papers papers{store, clock};
};

TEST_F(SubmissionsTest, GoFromPreparedToDecidedAndThenOweAPaper) {
  ASSERT_TRUE(prepare("k"));
  EXPECT_TRUE(submissions.pending()->empty());
  ASSERT_TRUE(submissions.sending("k"));
  EXPECT_EQ(submissions.pending()->size(), 1U);
  EXPECT_TRUE(papers.owed()->empty());
  ASSERT_TRUE(submissions.decided("k", reply()));
  EXPECT_TRUE(submissions.pending()->empty());
  const auto found = *submissions.find("k");
  EXPECT_EQ(found.reply, reply());
  EXPECT_EQ(found.for_paper.reveal(), "张三");
  ASSERT_EQ(papers.owed()->size(), 1U);
  EXPECT_EQ(papers.owed()->front().kind, PaperKind::receipt);
}

TEST_F(SubmissionsTest, AfterARestartAskForWhatWasSentAndDropWhatWasNot) {
  ASSERT_TRUE(prepare("not sent"));
  ASSERT_TRUE(prepare("sent", "m-2"));
  ASSERT_TRUE(submissions.sending("sent"));
  ASSERT_TRUE(submissions.recover());
  EXPECT_EQ(state("not sent"), SubmissionState::withdrawn);
  EXPECT_TRUE(submissions.find("not sent")->for_paper.empty());
  ASSERT_EQ(submissions.pending()->size(), 1U);
  EXPECT_EQ(submissions.pending()->front().state, SubmissionState::unknown);
  ASSERT_TRUE(submissions.recover());
  ASSERT_TRUE(submissions.decided("sent", reply()));
}

TEST_F(SubmissionsTest, NeverHaveTwoUnderWayAboutOneSubject) {
  ASSERT_TRUE(prepare("k1"));
  EXPECT_EQ(prepare("k2").error().code, Errc::busy);
  ASSERT_TRUE(submissions.sending("k1"));
  ASSERT_TRUE(submissions.unknown("k1", "no answer"));
  EXPECT_EQ(prepare("k2").error().code, Errc::busy);
  EXPECT_TRUE(prepare("k3", "another mortgage"));
  ASSERT_TRUE(submissions.withdrawn("k1", "the registry never got it"));
  EXPECT_TRUE(prepare("k2"));
  EXPECT_EQ(prepare("k2").error().code, Errc::internal);
}

TEST_F(SubmissionsTest, TakeTheSameDecisionTwiceButNoOther) {
  ASSERT_TRUE(prepare("k"));
  ASSERT_TRUE(submissions.sending("k"));
  ASSERT_TRUE(submissions.decided("k", reply()));
  ASSERT_TRUE(papers.printing("k"));
  ASSERT_TRUE(papers.printed("k"));
  EXPECT_TRUE(submissions.decided("k", reply()));
  EXPECT_TRUE(papers.owed()->empty()) << "a repeated reply must not call for a second paper";
  EXPECT_EQ(submissions.decided("k", reply(hal::Decision::refused)).error().code, Errc::refused);
}

TEST_F(SubmissionsTest, FollowOnlyTheArrows) {
  using enum SubmissionState;
  const std::vector<SubmissionState> states{prepared, sent, unknown, decided, withdrawn};
  const std::set<std::pair<SubmissionState, SubmissionState>> arrows{
      {prepared, sent},       {prepared, withdrawn}, {sent, decided},    {sent, unknown},
      {sent, withdrawn},      {unknown, unknown},    {unknown, decided}, {unknown, withdrawn},
      {withdrawn, withdrawn}, {decided, decided}};
  const auto go = [&](const std::string& key, SubmissionState to) -> Result<void> {
    switch (to) {
      case prepared:
        return submissions.prepare("s", application(key, key), PersonalText());
      case sent:
        return submissions.sending(key);
      case unknown:
        return submissions.unknown(key, "why");
      case decided:
        return submissions.decided(key, reply());
      case withdrawn:
        return submissions.withdrawn(key, "why");
    }
    std::unreachable();
  };
  for (const auto from : states) {
    for (const auto to : states) {
      const auto key = std::string(name_of(from)) + " to " + std::string(name_of(to));
      ASSERT_TRUE(go(key, prepared));
      if (from != prepared) {
        ASSERT_TRUE(from == withdrawn || go(key, sent));
        ASSERT_TRUE(from == sent || go(key, from));
      }
      const auto gone = go(key, to);
      EXPECT_EQ(gone.has_value(), arrows.contains({from, to})) << key;
      EXPECT_TRUE(gone || state(key) == from) << key;
    }
  }
}

TEST_F(SubmissionsTest, SayWhenNothingIsKnownOrTheDiskIsFull) {
  EXPECT_EQ(submissions.sending("k").error().code, Errc::not_present);
  EXPECT_EQ(submissions.find("k").error().code, Errc::not_present);
  ASSERT_TRUE(prepare("k"));
  store.fill_disk();
  EXPECT_EQ(submissions.sending("k").error().code, Errc::storage);
  EXPECT_EQ(state("k"), SubmissionState::prepared);
}

TEST_F(SubmissionsTest, EveryDecisionHasItsPaper) {
  EXPECT_EQ(paper_for(hal::Decision::registered), PaperKind::receipt);
  EXPECT_EQ(paper_for(hal::Decision::accepted), PaperKind::receipt);
  EXPECT_EQ(paper_for(hal::Decision::to_be_completed), PaperKind::completion_notice);
  EXPECT_EQ(paper_for(hal::Decision::refused), PaperKind::refusal);
}

struct PapersTest : SubmissionsTest {
  void SetUp() override {
    ASSERT_TRUE(prepare("k"));
    ASSERT_TRUE(submissions.sending("k"));
    ASSERT_TRUE(submissions.decided("k", reply()));
  }
  PaperState state() { return papers.find("k")->state; }
};

TEST_F(PapersTest, AreOwedUntilThePrinterSaysSo) {
  EXPECT_EQ(papers.printing("k")->copy, 1);
  EXPECT_EQ(papers.owed()->size(), 1U);
  ASSERT_TRUE(papers.printed("k"));
  EXPECT_TRUE(papers.owed()->empty());
}

TEST_F(PapersTest, CountOnlyJobsThatMayHaveReachedPaper) {
  ASSERT_TRUE(papers.printing("k"));
  ASSERT_TRUE(papers.nothing_printed("k"));
  EXPECT_EQ(state(), PaperState::owed);
  EXPECT_EQ(papers.printing("k")->copy, 1);
  ASSERT_TRUE(papers.in_doubt("k"));
  EXPECT_EQ(papers.printing("k")->copy, 2);
  ASSERT_TRUE(papers.nothing_printed("k"));
  EXPECT_EQ(state(), PaperState::in_doubt);
  EXPECT_EQ(papers.printing("k")->copy, 2);
  ASSERT_TRUE(papers.printed("k"));
}

TEST_F(PapersTest, StayPrintedWhenAReprintFails) {
  ASSERT_TRUE(papers.printing("k"));
  ASSERT_TRUE(papers.printed("k"));
  EXPECT_EQ(papers.printing("k")->copy, 2);
  ASSERT_TRUE(papers.nothing_printed("k"));
  EXPECT_EQ(state(), PaperState::printed);
  EXPECT_EQ(papers.find("k")->copy, 1);
}

TEST_F(PapersTest, AreInDoubtAfterARestartWhilePrinting) {
  ASSERT_TRUE(papers.printing("k"));
  ASSERT_TRUE(papers.recover());
  EXPECT_EQ(state(), PaperState::in_doubt);
  EXPECT_EQ(papers.find("k")->copy, 1);
  ASSERT_TRUE(papers.delivered_electronically("k"));
  EXPECT_TRUE(papers.owed()->empty());
}

TEST_F(PapersTest, RefuseWhatMakesNoSense) {
  EXPECT_EQ(papers.printed("k").error().code, Errc::internal);
  EXPECT_EQ(papers.nothing_printed("k").error().code, Errc::internal);
  ASSERT_TRUE(papers.printing("k"));
  EXPECT_EQ(papers.printing("k").error().code, Errc::internal);
  EXPECT_EQ(papers.printing("other").error().code, Errc::not_present);
}

TEST(StoredReply, IsReadBackAsItWas) {
  for (const auto decision : {hal::Decision::registered, hal::Decision::accepted,
                              hal::Decision::to_be_completed, hal::Decision::refused}) {
    EXPECT_EQ(reply_from_json(to_json(reply(decision))), reply(decision));
  }
}

TEST(StoredReply, IsRefusedWhenDamaged) {
  const auto good = to_json(reply()).reveal();
  for (std::size_t cut = 0; cut < good.size(); ++cut) {
    EXPECT_EQ(reply_from_json(PersonalText(good.substr(0, cut))).error().code, Errc::malformed);
  }
  for (const auto* bad :
       {"[]", "{}", "null", R"({"decision":"maybe"})", R"({"decision":"accepted"})", R"({"decision":1})"}) {
    EXPECT_EQ(reply_from_json(PersonalText(bad)).error().code, Errc::malformed) << bad;
  }
}

RC_GTEST_PROP(StoredReply, TakesAnyBytes, (const std::string& bytes)) {
  (void)reply_from_json(PersonalText(bytes));
  hal::Reply made;
  made.reason = bytes;
  RC_ASSERT(reply_from_json(to_json(made)).has_value());
}

}  // namespace
}  // namespace kiosk::records
