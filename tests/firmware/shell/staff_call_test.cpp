#include "firmware/shell/idle.hpp"
#include "tests/firmware/shell/shell_fixture.hpp"

namespace kiosk::shell {
namespace {

TEST_F(Shell, AStaffCallIsPlacedOnceAndItsAnswerShown) {
  serve();
  put("call", {0, 0, 100, 100}, FrameAct::call_staff);
  tap(10, 10);
  tap(10, 10);
  EXPECT_EQ(count<CallStaff>(), 1);
  send(StaffCall{.request = 1, .placed = true, .number = "12"});
  EXPECT_EQ(state.call, screens::Help::Call::called);
  EXPECT_EQ(state.call_number, "12");
}

TEST_F(Shell, ACallThatWasPlacedIsShownAgainAndNotPlacedTwice) {
  serve();
  put("call", {0, 0, 100, 100}, FrameAct::call_staff);
  tap(10, 10);
  send(StaffCall{.request = 1, .placed = true, .number = "12"});
  state.overlay = Overlay::none;
  tap(10, 10);
  EXPECT_EQ(state.overlay, Overlay::help) << "a button that does nothing is a dead end";
  EXPECT_EQ(count<CallStaff>(), 1);
}

TEST_F(Shell, ACallFromAttractIsForgottenWithWhoeverPlacedIt) {
  put("call", {0, 0, 100, 100}, FrameAct::call_staff);
  state.mode = Mode::attract;
  tap(10, 10);
  send(StaffCall{.request = 1, .placed = true, .number = "12"});
  state.overlay = Overlay::none;
  wait(59s - 1s);
  EXPECT_EQ(state.call, screens::Help::Call::called);
  wait(1s);
  EXPECT_EQ(state.call, screens::Help::Call::none);
}

TEST_F(Shell, ForACardThatIsLeftStaffIsCalledOnce) {
  serve();
  send(SessionEnded{.card_left = true});
  EXPECT_EQ(next_due(state, shown, now), now + 30s);
  wait(30s);
  wait(30s);
  EXPECT_EQ(count<CallStaff>(), 1);
  send(CardTaken{});
  EXPECT_EQ(state.mode, Mode::attract);
}

TEST_F(Shell, TheAnswerToAnotherPersonsCallIsNotTheirs) {
  serve();
  put("call", {0, 0, 100, 100}, FrameAct::call_staff);
  tap(10, 10);
  send(SessionEnded{});
  serve();
  tap(10, 10);
  send(StaffCall{.request = 1, .placed = true, .number = "12"});
  EXPECT_EQ(state.call, screens::Help::Call::calling);
  send(StaffCall{.request = 2, .placed = true, .number = "13"});
  EXPECT_EQ(state.call_number, "13");
}

TEST_F(Shell, AStaffCallThatIsTakenBackIsTakenBackAtTheRegistryOnce) {
  serve();
  put("call", {0, 0, 100, 100}, FrameAct::call_staff);
  put("cancel", {0, 200, 100, 100}, FrameAct::cancel_call);
  tap(10, 10);
  tap(10, 210);
  EXPECT_EQ(count<WithdrawCall>(), 0) << "it has no number yet";
  send(StaffCall{.request = 1, .placed = true, .number = "12"});
  tap(10, 210);
  tap(10, 210);
  EXPECT_EQ(count<WithdrawCall>(), 1);
  EXPECT_EQ(state.call, screens::Help::Call::none);
}

}  // namespace
}  // namespace kiosk::shell
