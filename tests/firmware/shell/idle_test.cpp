#include "firmware/shell/idle.hpp"

#include "tests/firmware/shell/shell_fixture.hpp"

namespace kiosk::shell {
namespace {

TEST_F(Shell, ASilentPersonIsWarnedCountedDownAndThenTheSessionEnds) {
  serve();
  wait(119s);
  EXPECT_EQ(state.overlay, Overlay::none);
  wait(1s);
  EXPECT_EQ(state.overlay, Overlay::still_there);
  EXPECT_EQ(seconds_left(state, now), 30);
  EXPECT_EQ(next_due(state, shown, now), now + 1s);
  wait(29s);
  EXPECT_EQ(seconds_left(state, now), 1);
  EXPECT_EQ(count<EndSession>(), 0);
  wait(1s);
  EXPECT_EQ(std::get<EndSession>(done.back()).reason, EndReason::idle);
}

TEST_F(Shell, OneTouchGoesOnAsOftenAsNeeded) {
  serve();
  put("stay", {0, 0, 100, 100}, FrameAct::stay);
  for (int i = 0; i < 12; ++i) {
    wait(125s);
    ASSERT_EQ(state.overlay, Overlay::still_there) << i;
    tap(10, 10);
    ASSERT_EQ(state.overlay, Overlay::none) << i;
  }
  EXPECT_EQ(count<EndSession>(), 0);
}

TEST_F(Shell, TheWarningCanBeAnsweredWithLeaving) {
  serve();
  wait(125s);
  ASSERT_EQ(state.overlay, Overlay::still_there);
  put("leave", {0, 0, 100, 100}, FrameAct::leave);
  finger(Touch::Phase::down, 10, 10);
  ASSERT_EQ(state.overlay, Overlay::still_there) << "its buttons stand while a finger is on them";
  finger(Touch::Phase::up, 10, 10);
  EXPECT_EQ(std::get<EndSession>(done.back()).reason, EndReason::left);
}

TEST_F(Shell, ATouchBesideTheWarningsButtonsGoesOn) {
  serve();
  wait(125s);
  put("leave", {0, 0, 100, 100}, FrameAct::leave);
  tap(500, 500);
  EXPECT_EQ(state.overlay, Overlay::none);
  EXPECT_EQ(count<EndSession>(), 0);
}

TEST_F(Shell, ACalledMemberOfStaffHasTenMinutes) {
  serve(Patience::staff);
  wait(599s);
  EXPECT_EQ(count<EndSession>(), 0);
  wait(1s);
  EXPECT_EQ(std::get<EndSession>(done.back()).reason, EndReason::idle);
}

TEST_F(Shell, WhoNeedsMoreTimeGetsIt) {
  serve();
  state.settings.size = screens::TextSize::extra_large;
  wait(299s);
  EXPECT_NE(state.overlay, Overlay::still_there);
  wait(1s);
  EXPECT_EQ(state.overlay, Overlay::still_there);
  EXPECT_EQ(seconds_left(state, now), 45);
}

TEST_F(Shell, NoTimerRunsWhileTheMachineWorks) {
  serve(Patience::working);
  wait(2h);
  EXPECT_EQ(state.overlay, Overlay::none);
  EXPECT_EQ(count<EndSession>(), 0);
  EXPECT_EQ(next_due(state, shown, now), Steady::time_point::max());
}

TEST_F(Shell, ACurtainFallsOverPersonalDataAndTheSessionGoesOn) {
  serve();
  shown.nodes.push_back({.id = "name", .personal = true});
  EXPECT_EQ(next_due(state, shown, now), now + 45s);
  wait(45s);
  EXPECT_EQ(state.overlay, Overlay::curtain);
  put("yes", {0, 0, 100, 100}, Choose{});
  tap(10, 10);
  EXPECT_EQ(state.overlay, Overlay::none);
  EXPECT_EQ(count<Answer>(), 0) << "the touch that opens the curtain does nothing else";
}

TEST_F(Shell, TheEndPageEndsByItself) {
  serve(Patience::ending);
  wait(30s);
  EXPECT_EQ(count<EndSession>(), 1);
}

TEST_F(Shell, TheMenuReturnsToAttractAndForgetsTheSettings) {
  state.mode = Mode::home;
  state.settings.language = screens::Language::en;
  wait(60s);
  EXPECT_EQ(state.mode, Mode::attract);
  EXPECT_EQ(state.settings, state.site.defaults);
}

TEST_F(Shell, AttractSleeps) {
  EXPECT_EQ(next_due(state, shown, now), Steady::time_point::max());
}

}  // namespace
}  // namespace kiosk::shell
