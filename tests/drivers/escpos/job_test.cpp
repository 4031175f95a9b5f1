// What a slip printer does between the first byte and the last, and what it leaves behind.

#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "tests/drivers/escpos/rigs.hpp"
#include "tests/support/receipt_printer_conformance.hpp"

namespace kiosk::testing {
namespace {

using namespace std::chrono_literals;
using hal::PrintOutcome;

template <class Rig>
class EscposJob : public ::testing::Test {
 protected:
  Rig rig;

  hal::Raster slip(int height = 300) { return striped_slip(rig.printer().paper().dots, height); }
  Result<PrintOutcome> print(const hal::Raster& slip, const Wait& wait = Wait::of(20s)) {
    return rig.printer().print(slip, wait);
  }
  /// Bounded, and only for states that come by themselves.
  template <class Condition>
  bool comes(Condition condition) {
    for (int i = 0; i < 2000 && !condition(); ++i) std::this_thread::sleep_for(5ms);
    return condition();
  }
  bool comes_back() {
    return comes([this] { return rig.printer().status().usable(); });
  }
  void expect_last_slip_is(const hal::Raster& slip) {
    const auto slips = rig.slips();
    ASSERT_FALSE(slips.empty());
    ASSERT_GE(slips.back().rows.size(), slip.rows.size());
    EXPECT_TRUE(std::equal(slip.rows.begin(), slip.rows.end(), slips.back().rows.begin()));
  }
};

using Rigs = ::testing::Types<TcpRig, SerialRig>;
TYPED_TEST_SUITE(EscposJob, Rigs);

TYPED_TEST(EscposJob, WhatIsLeftAfterARefillIsCutOffFromTheNextSlip) {
  this->rig.paper_ends_in_job();
  EXPECT_EQ(this->print(this->slip(900)), PrintOutcome::in_doubt);
  this->rig.refill();
  ASSERT_TRUE(this->comes([this] { return this->rig.slips().size() == 1; })) << "the remains are cut off";
  EXPECT_EQ(this->print(this->slip()), PrintOutcome::printed);
  EXPECT_EQ(this->rig.slips().size(), 2U);
  this->expect_last_slip_is(this->slip());
}

TYPED_TEST(EscposJob, ALineThatDiesInsideAPictureDoesNotSpoilTheNextSlip) {
  this->rig.forgiven = "a real-time command inside a picture";  // the kiosk cannot know where the line broke
  this->rig.device().set_speed(500);
  auto job = std::async(std::launch::async, [this] { return this->print(this->slip(2500)); });
  ASSERT_TRUE(this->comes([this] { return this->rig.device().rows_printed() > 10; }));
  this->rig.unplug();
  EXPECT_EQ(job.get(), PrintOutcome::in_doubt);
  this->rig.device().set_speed(0);
  this->rig.plug_in();
  ASSERT_TRUE(this->comes_back());
  EXPECT_EQ(this->print(this->slip()), PrintOutcome::printed);
  this->expect_last_slip_is(this->slip());
}

TYPED_TEST(EscposJob, StoppingTheSessionDoesNotStopASlipHalfWay) {
  this->rig.device().set_speed(800);
  std::stop_source session;
  auto job = std::async(std::launch::async,
                        [&] { return this->print(this->slip(), {.stop = session.get_token()}); });
  ASSERT_TRUE(this->comes([this] { return this->rig.device().rows_printed() > 10; }));
  session.request_stop();
  EXPECT_EQ(job.get(), PrintOutcome::printed);
  this->expect_last_slip_is(this->slip());
}

TYPED_TEST(EscposJob, PrintedMeansThatThePaperIsOutNotThatTheBytesAreGone) {
  this->rig.device().set_speed(800);
  EXPECT_EQ(this->print(this->slip()), PrintOutcome::printed);
  EXPECT_EQ(this->rig.slips().size(), 1U);
}

TYPED_TEST(EscposJob, AStuckCutterLeavesDoubtAndThenAJam) {
  this->rig.turn([](auto& knobs) { knobs.cutter_blocked = true; });
  EXPECT_EQ(this->print(this->slip()), PrintOutcome::in_doubt);
  EXPECT_EQ(this->print(this->slip()).error().code, Errc::jammed);
  EXPECT_EQ(this->rig.printer().status().actor, hal::Actor::clear);
}

TYPED_TEST(EscposJob, AHotHeadIsWaitedFor) {
  this->rig.device().set_speed(800);
  auto job = std::async(std::launch::async, [this] { return this->print(this->slip()); });
  ASSERT_TRUE(this->comes([this] { return this->rig.device().rows_printed() > 10; }));
  this->rig.turn([](auto& knobs) { knobs.head_hot = true; });
  EXPECT_TRUE(this->comes([this] { return this->rig.printer().status().detail.contains("hot"); }));
  this->rig.turn([](auto& knobs) { knobs.head_hot = false; });
  EXPECT_EQ(job.get(), PrintOutcome::printed);
}

TYPED_TEST(EscposJob, ABrokenPrinterNeedsAnEngineer) {
  this->rig.turn([](auto& knobs) { knobs.broken = true; });
  EXPECT_EQ(this->print(this->slip()).error().code, Errc::refused);
  EXPECT_EQ(this->rig.printer().status().actor, hal::Actor::maintenance);
}

TYPED_TEST(EscposJob, AnOldStatusIsAskedForAgain) {
  ASSERT_TRUE(this->comes_back());
  this->rig.turn([](auto& knobs) { knobs.stale_answers = 3; });
  EXPECT_EQ(this->print(this->slip()), PrintOutcome::printed);
}

TYPED_TEST(EscposJob, APrinterThatNeverSaysOffLineIsBelievedInTheEnd) {
  this->rig.turn([](auto& knobs) {
    knobs.admits_offline = false;
    knobs.cover_open = true;
  });
  EXPECT_EQ(this->print(this->slip()).error().code, Errc::jammed);
}

TYPED_TEST(EscposJob, UnaskedStatusIsFilteredOut) {
  this->rig.turn([](auto& knobs) { knobs.chatter = true; });
  EXPECT_EQ(this->print(this->slip()), PrintOutcome::printed);
}

TYPED_TEST(EscposJob, APrinterWithoutAnswersInTurnGetsItsTime) {
  this->rig.turn([](auto& knobs) { knobs.in_turn = false; });
  this->rig.device().set_speed(800);
  EXPECT_EQ(this->print(this->slip(200)), PrintOutcome::printed);
  EXPECT_EQ(this->rig.slips().size(), 1U);
}

TYPED_TEST(EscposJob, APrinterThatFallsSilentIsUnreachable) {
  ASSERT_TRUE(this->comes_back());
  this->rig.turn([](auto& knobs) { knobs.silent = true; });
  EXPECT_EQ(this->print(this->slip()).error().code, Errc::unreachable);
  EXPECT_EQ(this->rig.printer().status().state, hal::DeviceState::no_device);
  EXPECT_TRUE(this->rig.slips().empty());
}

TYPED_TEST(EscposJob, GarbageIsNoPrinter) {
  this->rig.turn([](auto& knobs) { knobs.garbage = true; });
  EXPECT_EQ(this->print(this->slip()).error().code, Errc::unreachable);
  EXPECT_EQ(this->rig.printer().status().actor, hal::Actor::configuration);
}

TYPED_TEST(EscposJob, ASilentPrinterDoesNotHoldTheSession) {
  this->rig.turn([](auto& knobs) { knobs.silent = true; });
  std::stop_source session;
  auto job = std::async(std::launch::async,
                        [&] { return this->print(this->slip(), {.stop = session.get_token()}); });
  session.request_stop();
  EXPECT_EQ(job.get().error().code, Errc::cancelled);
  EXPECT_EQ(this->print(this->slip(), Wait::of(10ms)).error().code, Errc::timed_out);
  EXPECT_TRUE(this->rig.slips().empty());
}

TYPED_TEST(EscposJob, APictureOfCommandsIsAPicture) {
  auto slip = this->slip(300);
  for (std::size_t i = 0; i + 3 < slip.rows.size(); i += 3) {
    slip.rows[i] = 0x10;
    slip.rows[i + 1] = i % 2 == 0 ? 0x04 : 0x05;
    slip.rows[i + 2] = 0x02;
  }
  EXPECT_EQ(this->print(slip), PrintOutcome::printed);
  EXPECT_EQ(this->rig.slips().size(), 1U);
}

}  // namespace
}  // namespace kiosk::testing
