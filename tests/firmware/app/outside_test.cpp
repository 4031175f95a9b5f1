#include "firmware/app/outside.hpp"

#include <gtest/gtest.h>

#include "firmware/records/upkeep.hpp"
#include "tests/support/hall.hpp"

namespace kiosk::app {
namespace {

using namespace std::chrono_literals;
using testing::FakeRegistry;
using testing::Hall;

/// The worker with a registry of its own memory, and a shell that only listens.
class OutsideTest : public ::testing::Test {
 protected:
  /// An application whose answer was lost, and that its session has given up.
  void lose_an_answer(FakeRegistry::Fault how) {
    hall.registry.fail(FakeRegistry::Step::submit, how);
    hall.registry.fail(FakeRegistry::Step::outcome, FakeRegistry::Fault::before_work, Errc::unreachable, 0);
    hall.serve("mortgage_cancellation");
    ASSERT_EQ(hall.outcome(), "not_decided");
    hall.registry.heal();
  }

  /// Runs until the registry was asked and `done` holds; a minute at the most.
  void run_until(const std::function<bool()>& done) {
    Outside outside({.devices = {hall.reader, hall.slips, hall.pages, hall.camera, hall.faces, hall.scanner},
                     .registry = hall.registry,
                     .records = {hall.journal, hall.submissions, hall.papers, hall.counters, hall.audit},
                     .clock = hall.clock,
                     .hall_name = "",
                     .upkeep = upkeep,
                     .offered = {},
                     .quiet = [] { return true; },
                     .to_shell = [this](shell::Event event) { told.post(std::move(event)); }});
    if (on_start) on_start(outside);
    bool is_done = false;
    for (const auto end = Steady::now() + 60s; !is_done && Steady::now() < end; is_done = done())
      std::this_thread::sleep_for(5ms);
    EXPECT_TRUE(is_done);
  }

  std::string trail() { return hall.everything_kept(); }

  Hall hall{"zhang"};
  records::Upkeep upkeep{hall.faulty_store, hall.clock, hall.audit, records::Retention()};
  Mailbox<shell::Event> told;
  std::function<void(Outside&)> on_start;
};

TEST_F(OutsideTest, AnAnswerThatWasLostIsAskedForAndItsPaperIsOwed) {
  lose_an_answer(FakeRegistry::Fault::after_work);
  hall.clock.advance(2min);
  run_until([&] { return hall.pending().empty() && trail().contains("application.decided_later"); });
  EXPECT_EQ(hall.papers_owed().size(), 1U);
  EXPECT_EQ(hall.registry.authority().recorded(), 1U) << "asked for, not sent again";
  EXPECT_TRUE(hall.unfinished().empty());
}

TEST_F(OutsideTest, WhatNeverArrivedIsWithdrawnAndSoTheTrailSays) {
  lose_an_answer(FakeRegistry::Fault::before_work);
  hall.clock.advance(2min);
  run_until([&] { return hall.pending().empty() && trail().contains("application.never_arrived"); });
  EXPECT_TRUE(hall.papers_owed().empty());
  EXPECT_EQ(hall.registry.authority().recorded(), 0U);
  EXPECT_FALSE(trail().contains("application.withdrawn")) << "told once";
}

TEST_F(OutsideTest, WhatASessionMayStillBeAskingForIsLeftToIt) {
  lose_an_answer(FakeRegistry::Fault::after_work);
  hall.clock.advance(30s);
  int asked = 0;
  hall.registry.after(FakeRegistry::Step::outcome, [&] { ++asked; });
  on_start = [](Outside& outside) { outside.call_staff({.page = "home", .request = 7}); };
  run_until([&] {
    // A call goes out after the registry was asked for the first time: by then it would have been settled.
    while (const auto event = told.try_take()) {
      if (const auto* call = std::get_if<shell::StaffCall>(&*event))
        return call->request == 7 && call->placed;
    }
    return false;
  });
  EXPECT_EQ(asked, 0);
  EXPECT_EQ(hall.pending().size(), 1U);
}

TEST_F(OutsideTest, AClockThatWasSetBackHidesNothing) {
  lose_an_answer(FakeRegistry::Fault::after_work);
  hall.clock.advance(-48h);
  run_until([&] { return hall.pending().empty(); });
}

}  // namespace
}  // namespace kiosk::app
