// What becomes of a job when the printer or the line misbehaves.

#include <future>

#include <gtest/gtest.h>

#include "tests/drivers/ipp/rig.hpp"
#include "tests/support/document_printer_conformance.hpp"

namespace kiosk::testing {
namespace {

using namespace std::chrono_literals;
using hal::PrintOutcome;
using Wire = lobby::IppKnobs::Wire;

constexpr int create_job = 5, send_document = 6, get_job = 9;

class IppJobs : public ::testing::Test {
 protected:
  ResponderRig rig;
  std::vector<int> pages;

  Result<PrintOutcome> print(int page_count = 1, const Wait& wait = Wait::of(30s)) {
    return rig.printer().print(test_document(page_count), [this](int done) { pages.push_back(done); }, wait);
  }
  void spoil(Wire wire, std::optional<int> at = {}) {
    rig.turn([&](auto& knobs) {
      knobs.wire = wire;
      knobs.wire_at = at;
    });
  }
  void expect_purged() {
    const auto jobs = rig.device().jobs();
    ASSERT_FALSE(jobs.empty());
    EXPECT_EQ(jobs.back().state, 7) << "cancelled";
  }
};

TEST_F(IppJobs, EveryPageIsTold) {
  rig.turn([](auto& knobs) { knobs.page_time = 300ms; });
  EXPECT_EQ(print(3), PrintOutcome::printed);
  EXPECT_EQ(pages, (std::vector{1, 2, 3}));
}

TEST_F(IppJobs, CompletedWithoutPaperIsInDoubt) {
  rig.turn([](auto& knobs) {
    knobs.fault_after_pages = 0;
    knobs.fault = "media-empty-error";
    knobs.completes_all_the_same = true;
  });
  EXPECT_EQ(print(), PrintOutcome::in_doubt);
}

TEST_F(IppJobs, TheLastSheetOfTheTrayIsAPrintedSheet) {
  rig.turn([](auto& knobs) {
    knobs.fault_after_pages = 2;
    knobs.fault = "media-empty-error";
  });
  EXPECT_EQ(print(2), PrintOutcome::printed);
  EXPECT_EQ(rig.printer().status().paper, hal::Supply::out);
}

TEST_F(IppJobs, AnUncountedLastSheetIsInDoubt) {
  rig.turn([](auto& knobs) {
    knobs.counts_pages = false;
    knobs.fault_after_pages = 2;
    knobs.fault = "media-empty-error";
  });
  EXPECT_EQ(print(2), PrintOutcome::in_doubt);
}

TEST_F(IppJobs, AnAbortedJobIsInDoubt) {
  rig.turn([](auto& knobs) { knobs.aborts = true; });
  EXPECT_EQ(print(), PrintOutcome::in_doubt);
}

TEST_F(IppJobs, StoppingTheSessionPurgesTheJob) {
  rig.turn([](auto& knobs) { knobs.page_time = 1h; });
  std::stop_source session;
  auto printed = std::async(std::launch::async, [&] { return print(2, {.stop = session.get_token()}); });
  while (rig.device().jobs().empty() || rig.device().jobs()[0].state != 5) std::this_thread::sleep_for(5ms);
  session.request_stop();
  EXPECT_EQ(printed.get(), PrintOutcome::in_doubt);
  expect_purged();
}

TEST_F(IppJobs, TimeRunningOutPurgesTheJob) {
  rig.turn([](auto& knobs) { knobs.page_time = 1h; });
  EXPECT_EQ(print(2, Wait::of(600ms)), PrintOutcome::in_doubt);
  expect_purged();
}

TEST_F(IppJobs, ARefusedDocumentPrintsNothing) {
  rig.turn([](auto& knobs) { knobs.refuses_documents = true; });
  EXPECT_EQ(print().error().code, Errc::refused);
  expect_purged();
}

TEST_F(IppJobs, ABusyPrinterIsBusy) {
  rig.turn([](auto& knobs) { knobs.busy = true; });
  EXPECT_EQ(print().error().code, Errc::busy);
  rig.turn([](auto& knobs) {
    knobs.busy = false;
    knobs.accepting = false;
  });
  EXPECT_EQ(print().error().code, Errc::busy);
}

TEST_F(IppJobs, ALostAnswerToTheDocumentLeavesDoubtAndNoJob) {
  rig.turn([](auto& knobs) { knobs.page_time = 1h; });
  spoil(Wire::lose_answer, send_document);
  EXPECT_EQ(print(), PrintOutcome::in_doubt);
  expect_purged();
}

TEST_F(IppJobs, ALostAnswerToCreateJobPrintsNothing) {
  spoil(Wire::lose_answer, create_job);
  EXPECT_EQ(print().error().code, Errc::unreachable);
  EXPECT_TRUE(rig.documents().empty());
}

TEST_F(IppJobs, ALineThatComesBackInTimeLosesNothing) {
  rig.turn([](auto& knobs) { knobs.page_time = 500ms; });
  auto printed = std::async(std::launch::async, [&] { return print(2); });
  while (rig.device().jobs().empty() || rig.device().jobs()[0].pages_done == 0)
    std::this_thread::sleep_for(5ms);
  rig.unplug();
  std::this_thread::sleep_for(300ms);
  rig.plug_in();
  EXPECT_EQ(printed.get(), PrintOutcome::printed);
}

TEST_F(IppJobs, AJobThatCannotBePurgedBlocksTheNextUntilItIs) {
  rig.turn([](auto& knobs) {
    knobs.page_time = 1h;
    knobs.cannot_cancel = true;
  });
  EXPECT_EQ(print(1, Wait::of(400ms)), PrintOutcome::in_doubt);
  EXPECT_EQ(print().error().code, Errc::busy);
  EXPECT_EQ(rig.device().jobs().size(), 1U) << "nothing was sent behind it";
  rig.turn([](auto& knobs) {
    knobs.page_time = 20ms;
    knobs.cannot_cancel = false;
  });
  EXPECT_EQ(print(), PrintOutcome::printed);
}

struct BadAnswer {
  const char* name;
  Wire wire;
  Errc code;
};

class IppBadAnswers : public IppJobs, public ::testing::WithParamInterface<BadAnswer> {};

TEST_P(IppBadAnswers, FromTheStartPrintNothing) {
  spoil(GetParam().wire);
  const auto printed = print();
  ASSERT_FALSE(printed.has_value());
  EXPECT_EQ(printed.error().code, GetParam().code) << printed.error().what;
  EXPECT_TRUE(rig.device().jobs().empty());
  EXPECT_FALSE(rig.printer().status().usable());
}

TEST_P(IppBadAnswers, InTheJobLeaveDoubtAtTheLatestWhenTheTimeIsUp) {
  rig.turn([](auto& knobs) { knobs.page_time = 1h; });
  spoil(GetParam().wire, get_job);
  EXPECT_EQ(print(1, Wait::of(1s)), PrintOutcome::in_doubt);
  expect_purged();
}

TEST_P(IppBadAnswers, DoNotHoldTheSession) {
  spoil(GetParam().wire);
  std::stop_source session;
  auto printed = std::async(std::launch::async, [&] { return print(1, {.stop = session.get_token()}); });
  session.request_stop();
  EXPECT_FALSE(printed.get().has_value());
}

INSTANTIATE_TEST_SUITE_P(EachKind, IppBadAnswers,
                         ::testing::Values(BadAnswer{"Silent", Wire::silent, Errc::unreachable},
                                           BadAnswer{"Dribble", Wire::dribble, Errc::unreachable},
                                           BadAnswer{"Garbage", Wire::garbage, Errc::unreachable},
                                           BadAnswer{"NotIpp", Wire::not_ipp, Errc::unreachable},
                                           BadAnswer{"Truncated", Wire::truncated, Errc::unreachable},
                                           BadAnswer{"Oversized", Wire::oversized, Errc::unreachable},
                                           BadAnswer{"WrongRequest", Wire::wrong_request, Errc::unreachable},
                                           BadAnswer{"WrongType", Wire::wrong_type, Errc::unreachable},
                                           BadAnswer{"HttpError", Wire::http_error, Errc::unreachable},
                                           BadAnswer{"HttpForbidden", Wire::http_forbidden, Errc::refused},
                                           BadAnswer{"HangUp", Wire::hang_up, Errc::unreachable}),
                         [](const auto& bad) { return bad.param.name; });

TEST(IppAddress, MustBeIpp) {
  for (const char* uri : {"", "ipp:", "http://x/", "ipp://", "lpd://127.0.0.1/", "no uri at all"}) {
    const auto printer = drivers::make_ipp(uri);
    EXPECT_EQ(printer->status().actor, hal::Actor::configuration) << uri;
    EXPECT_EQ(printer->print(test_document(1), {}, Wait::of(1s)).error().code, Errc::unreachable) << uri;
  }
}

}  // namespace
}  // namespace kiosk::testing
