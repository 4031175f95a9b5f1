#include <gtest/gtest.h>

#include "firmware/shell/idle.hpp"
#include "firmware/shell/reduce.hpp"
#include "firmware/shell/view.hpp"
#include "screens/citizen/problem.hpp"
#include "screens/paint/type.hpp"
#include "tests/support/must.hpp"

namespace kiosk::shell {
namespace {

using namespace std::chrono_literals;
using hal::KeyPress;
using hal::Touch;
using screens::Act;
using screens::Choose;
using screens::FrameAct;
using screens::Patience;
using screens::Rect;

/// A page that needs no drawing: what the shell knows of pages is their layout alone.
struct Blank {
  static constexpr std::string_view name = "blank";
  int value = 0;
  bool operator==(const Blank&) const = default;
};
[[maybe_unused]] screens::Layout layout(const Blank&, const screens::Look&, const screens::Draft&) {
  screens::Layout blank;
  blank.name = Blank::name;
  return blank;
}

/// A shell with a hand-made page on the glass and a clock that stands still until it is moved.
class Shell : public ::testing::Test {
 protected:
  Shell() {
    state.touched_at = now;
    state.services = {{.id = "mortgage_cancellation"},
                      {.id = "progress", .closed = screens::Closed::network}};
    shown.name = "blank";
  }

  void put(const std::string& id, Rect rect, Act act) {
    shown.nodes.push_back({.id = id, .role = screens::Role::button, .rect = rect, .act = std::move(act)});
  }

  std::vector<Effect> send(const Event& event) {
    auto effects = reduce(state, event, shown, now);
    done.insert(done.end(), effects.begin(), effects.end());
    return effects;
  }

  std::vector<Effect> finger(Touch::Phase phase, int x, int y, int which = 0) {
    return send(hal::InputEvent(Touch{.phase = phase, .finger = which, .x = x, .y = y, .at = now}));
  }

  std::vector<Effect> tap(int x, int y) {
    finger(Touch::Phase::down, x, y);
    auto effects = finger(Touch::Phase::up, x, y);
    now += 1s;
    return effects;
  }

  void serve(Patience patience = Patience::session) {
    state.mode = Mode::serving;
    shown.patience = patience;
    send(PageShown{.ticket = 7, .screen = Blank{}, .asks = true, .can_go_back = true});
  }

  void wait(Steady::duration span) {
    now += span;
    send(Tick{});
  }

  template <class T>
  int count() const {
    return static_cast<int>(
        std::ranges::count_if(done, [](const Effect& e) { return std::holds_alternative<T>(e); }));
  }

  State state;
  screens::Layout shown;
  Steady::time_point now = Steady::time_point(100h);
  std::vector<Effect> done;
};

TEST_F(Shell, ATouchAnywhereOpensTheMenu) {
  tap(500, 500);
  EXPECT_EQ(state.mode, Mode::home);
}

TEST_F(Shell, ATouchOnAServiceGoesStraightIn) {
  put("tile", {0, 0, 100, 100}, screens::StartService{"mortgage_cancellation"});
  EXPECT_EQ(tap(50, 50), std::vector<Effect>{StartSession{"mortgage_cancellation"}});
  EXPECT_EQ(state.mode, Mode::serving);
}

TEST_F(Shell, AClosedServiceIsExplainedAndNotStarted) {
  put("tile", {0, 0, 100, 100}, screens::StartService{"progress"});
  tap(50, 50);
  EXPECT_EQ(count<StartSession>(), 0);
  EXPECT_EQ(state.overlay, Overlay::closed_service);
}

TEST_F(Shell, AnAnswerCarriesTheTicketOnceAndOnlyOnce) {
  serve();
  put("yes", {0, 0, 100, 100}, Choose{.what = 2});
  tap(10, 10);
  tap(10, 10);
  ASSERT_EQ(count<Answer>(), 1);
  EXPECT_EQ(std::get<Answer>(done.front()).ticket, 7U);
  EXPECT_EQ(std::get<Answer>(done.front()).choice.what, 2);
}

TEST_F(Shell, APressThatSlidesOffDoesNothing) {
  serve();
  put("yes", {0, 0, 100, 100}, Choose{});
  finger(Touch::Phase::down, 10, 10);
  EXPECT_EQ(pressed(state), "yes");
  finger(Touch::Phase::move, 300, 10);
  EXPECT_EQ(pressed(state), "");
  finger(Touch::Phase::up, 300, 10);
  EXPECT_EQ(count<Answer>(), 0);
}

TEST_F(Shell, APressThatBeganOutsideDoesNothing) {
  serve();
  put("yes", {0, 0, 100, 100}, Choose{});
  finger(Touch::Phase::down, 300, 10);
  finger(Touch::Phase::up, 10, 10);
  EXPECT_EQ(count<Answer>(), 0);
}

TEST_F(Shell, ASecondFingerDoesNotCount) {
  serve();
  put("no", {0, 0, 100, 100}, Choose{.what = 1});
  put("yes", {200, 0, 100, 100}, Choose{.what = 2});
  finger(Touch::Phase::down, 10, 10, 0);
  finger(Touch::Phase::down, 210, 10, 1);
  finger(Touch::Phase::up, 210, 10, 1);
  EXPECT_EQ(count<Answer>(), 0);
  finger(Touch::Phase::up, 10, 10, 0);
  ASSERT_EQ(count<Answer>(), 1);
  EXPECT_EQ(std::get<Answer>(done.back()).choice.what, 1);
}

TEST_F(Shell, ABounceIsOnePress) {
  put("plus", {0, 0, 100, 100}, screens::TurnPage{.by = 1});
  serve();
  for (const auto after : {0ms, 150ms, 299ms}) {
    const auto start = now;
    now += after;
    finger(Touch::Phase::down, 10, 10);
    finger(Touch::Phase::up, 10, 10);
    now = start;
  }
  EXPECT_EQ(state.draft.page, 1);
  now += 301ms;
  tap(10, 10);
  EXPECT_EQ(state.draft.page, 2);
}

TEST_F(Shell, InCareModeTheDebounceIsHalfASecond) {
  put("plus", {0, 0, 100, 100}, screens::TurnPage{.by = 1});
  serve();
  state.settings.care = true;
  for (int i = 0; i < 2; ++i) {
    finger(Touch::Phase::down, 10, 10);
    finger(Touch::Phase::up, 10, 10);
    now += 400ms;
  }
  EXPECT_EQ(state.draft.page, 1);
}

TEST_F(Shell, ANewPageForgetsWhatWasTypedAndAnUpdateKeepsIt) {
  serve();
  put("1", {0, 0, 100, 100}, screens::Type{"1"});
  tap(10, 10);
  send(PageShown{.ticket = 7, .screen = Blank{2}, .asks = true, .same_page = true});
  EXPECT_EQ(state.draft.typed.reveal(), "1");
  send(PageShown{.ticket = 8, .screen = Blank{3}, .asks = true});
  EXPECT_TRUE(state.draft.typed.empty());
}

TEST_F(Shell, APressUnderWayDoesNotAnswerTheNextPage) {
  serve();
  put("yes", {0, 0, 100, 100}, Choose{});
  finger(Touch::Phase::down, 10, 10);
  send(PageShown{.ticket = 8, .screen = Blank{1}, .asks = true});
  finger(Touch::Phase::up, 10, 10);
  EXPECT_EQ(count<Answer>(), 0);
}

TEST_F(Shell, AnAnswerSaysWhetherThePersonWantsMoreTime) {
  serve();
  put("next", {0, 0, 100, 100}, Choose{});
  state.settings.low_reach = true;
  const auto effects = tap(10, 10);
  ASSERT_EQ(effects.size(), 1U);
  EXPECT_TRUE(std::get<Answer>(effects[0]).accessible);
}

TEST_F(Shell, ShortWorkShowsNoPageOfItsOwn) {
  serve();
  send(PageShown{.ticket = 8, .screen = Blank{1}});
  EXPECT_EQ(state.page->screen, screens::Screen(Blank{}));
  EXPECT_TRUE(state.page->can_go_back) << "nothing on the glass moves meanwhile";
  wait(499ms);
  EXPECT_EQ(state.page->screen, screens::Screen(Blank{}));
  send(PageShown{.ticket = 9, .screen = Blank{2}, .asks = true});
  wait(1s);
  EXPECT_EQ(state.page->screen, screens::Screen(Blank{2}));
}

TEST_F(Shell, LongWorkSaysSoAndFollowsWhatTheMachineDoes) {
  serve();
  send(PageShown{.ticket = 8, .screen = Blank{1}});
  EXPECT_EQ(next_due(state, shown, now), now + 500ms);
  wait(300ms);
  send(PageShown{.ticket = 9, .screen = Blank{2}});
  EXPECT_EQ(next_due(state, shown, now), now + 200ms) << "the wait began with the first work";
  wait(200ms);
  EXPECT_EQ(state.page->screen, screens::Screen(Blank{2}));
  send(PageShown{.ticket = 10, .screen = Blank{3}});
  EXPECT_EQ(state.page->screen, screens::Screen(Blank{3})) << "work after work needs no wait";
}

TEST_F(Shell, APageThatWaitsIsGoneWithItsSession) {
  serve();
  send(PageShown{.ticket = 8, .screen = Blank{1}});
  send(SessionEnded{});
  wait(1s);
  EXPECT_EQ(state.mode, Mode::attract);
  EXPECT_FALSE(state.page);
}

TEST_F(Shell, TheTilesStandUntilTheFirstPageComes) {
  state.mode = Mode::home;
  put("tile", {0, 0, 100, 100}, screens::StartService{"mortgage_cancellation"});
  tap(10, 10);  // takes a second
  ASSERT_EQ(state.mode, Mode::serving);
  const auto type = kiosk::testing::must(paint::Type::open());
  EXPECT_EQ(view(state, *type, state.touched_at + 499ms).name, "home");
  EXPECT_EQ(view(state, *type, state.touched_at + 500ms).name, "working");
  EXPECT_EQ(next_due(state, shown, state.touched_at), state.touched_at + 500ms);
}

/// A service whose session asked a page and has ended.
class BegunBefore : public Shell {
 protected:
  BegunBefore() { put("tile", {0, 0, 100, 100}, screens::StartService{"mortgage_cancellation"}); }

  void begin() {
    state.mode = Mode::home;
    shown.name = "home";
    now += 1s;
    finger(Touch::Phase::down, 10, 10);
    finger(Touch::Phase::up, 10, 10);
    shown.name = "blank";
  }

  void served(screens::Screen first) {
    begin();
    send(PageShown{.ticket = 1, .screen = std::move(first), .asks = true});
    send(SessionEnded{});
  }

  std::string on_the_glass() { return std::string(view(state, *type, now).name); }

  std::unique_ptr<paint::Type> type = kiosk::testing::must(paint::Type::open());
};

TEST_F(BegunBefore, ItsFirstPageStandsAtOnce) {
  served(Blank{1});
  begin();
  EXPECT_FALSE(state.page) << "nothing is asked yet";
  EXPECT_EQ(on_the_glass(), "blank");
  now += 499ms;
  EXPECT_EQ(on_the_glass(), "blank");
  now += 1ms;
  EXPECT_EQ(on_the_glass(), "working") << "it does not come: that is said";
}

TEST_F(BegunBefore, AFingerThatIsDownWhenTheSamePageIsAskedStaysDown) {
  served(Blank{1});
  begin();
  put("next", {0, 200, 100, 100}, Choose{});
  finger(Touch::Phase::down, 10, 210);
  now += 400ms;
  send(PageShown{.ticket = 2, .screen = Blank{1}, .asks = true});
  finger(Touch::Phase::up, 10, 210);
  EXPECT_EQ(count<Answer>(), 1);
}

TEST_F(BegunBefore, AFingerThatIsDownWhenAnotherPageComesDoesNothing) {
  served(Blank{1});
  begin();
  put("next", {0, 200, 100, 100}, Choose{});
  finger(Touch::Phase::down, 10, 210);
  now += 400ms;
  send(PageShown{.ticket = 2, .screen = Blank{2}, .asks = true});
  finger(Touch::Phase::up, 10, 210);
  EXPECT_EQ(count<Answer>(), 0);
}

TEST_F(BegunBefore, AFaultOrWorkIsNotHowItBegins) {
  served(screens::Problem{});
  begin();
  EXPECT_EQ(on_the_glass(), "home");
  send(PageShown{.ticket = 2, .screen = Blank{1}});
  EXPECT_EQ(on_the_glass(), "home") << "work, and short so far";
  send(PageShown{.ticket = 3, .screen = Blank{2}, .asks = true});
  send(SessionEnded{});
  begin();
  EXPECT_EQ(on_the_glass(), "blank");
}

TEST_F(Shell, TheSamePageAskedAgainIsNotFollowedByTheWorkBeforeIt) {
  serve();
  send(PageShown{.ticket = 8, .screen = Blank{2}});
  send(PageShown{.ticket = 9, .screen = Blank{1}, .asks = true, .same_page = true});
  wait(1s);
  EXPECT_EQ(state.page->screen, screens::Screen(Blank{1}));
}

TEST_F(Shell, ErasingTakesOneCharacterNotOneByte) {
  serve();
  put("e", {0, 0, 100, 100}, screens::Erase{});
  state.draft.typed = PersonalText("1张");
  tap(10, 10);
  EXPECT_EQ(state.draft.typed.reveal(), "1");
  tap(10, 10);
  tap(10, 10);
  EXPECT_TRUE(state.draft.typed.empty());
}

TEST_F(Shell, TheFingerDrawsInPartsOfTheBoxAndInTime) {
  serve();
  put("pad", {100, 100, 200, 100}, screens::Draw{});
  finger(Touch::Phase::down, 100, 100);
  now += 20ms;
  finger(Touch::Phase::move, 200, 150);
  now += 20ms;
  finger(Touch::Phase::move, 900, 150);  // outside: clamped to the edge
  finger(Touch::Phase::up, 900, 150);
  now += 60ms;
  finger(Touch::Phase::down, 299, 199);
  ASSERT_EQ(state.draft.strokes.size(), 2U);
  EXPECT_EQ(
      state.draft.strokes[0],
      (Stroke{{.x = 0, .y = 0, .ms = 0}, {.x = 0.5F, .y = 0.5F, .ms = 20}, {.x = 1, .y = 0.5F, .ms = 40}}));
  EXPECT_EQ(state.draft.strokes[1].front().ms, 100);
}

TEST_F(Shell, KeysWalkOverEverythingThatCanBeTouchedAndRoundAgain) {
  serve();
  put("a", {0, 0, 10, 10}, Choose{.what = 1});
  put("b", {0, 20, 10, 10}, Choose{.what = 2});
  shown.nodes.push_back({.id = "label"});
  std::vector<std::string> visited;
  for (int i = 0; i < 3; ++i) {
    send(hal::InputEvent(KeyPress{KeyPress::Key::down}));
    visited.push_back(state.focus);
  }
  EXPECT_EQ(visited, (std::vector<std::string>{"a", "b", "a"}));
  send(hal::InputEvent(KeyPress{KeyPress::Key::up}));
  send(hal::InputEvent(KeyPress{KeyPress::Key::select}));
  ASSERT_EQ(count<Answer>(), 1);
  EXPECT_EQ(std::get<Answer>(done.back()).choice.what, 2);
}

TEST_F(Shell, HomeAsksBeforeSomebodyIdentifiedLeaves) {
  serve();
  put("home", {0, 0, 100, 100}, FrameAct::home);
  send(SessionStands{.identified = true});
  tap(10, 10);
  EXPECT_EQ(state.overlay, Overlay::leave);
  EXPECT_EQ(count<EndSession>(), 0);
  shown.nodes.clear();
  put("leave", {0, 0, 100, 100}, FrameAct::leave);
  EXPECT_EQ(tap(10, 10), std::vector<Effect>{EndSession{EndReason::left}});
  EXPECT_EQ(state.mode, Mode::ending);
}

TEST_F(Shell, NothingOfAPersonIsLeftWhenTheSessionEnds) {
  serve();
  state.settings = {.language = screens::Language::en, .size = screens::TextSize::large, .care = true};
  state.draft.typed = PersonalText("1101");
  state.identified = true;
  send(SessionEnded{});
  EXPECT_EQ(state.settings, state.site.defaults);
  EXPECT_TRUE(state.draft.typed.empty());
  EXPECT_FALSE(state.page);
  EXPECT_FALSE(state.identified);
  EXPECT_EQ(state.mode, Mode::attract);
  EXPECT_EQ(count<WipeGlass>(), 1);
}

TEST_F(Shell, WhileACardLiesOnTheReaderNobodyElseCanBegin) {
  serve();
  send(SessionEnded{.card_left = true});
  EXPECT_EQ(state.mode, Mode::card_left);
  wait(1h);
  tap(500, 500);
  EXPECT_EQ(state.mode, Mode::card_left);
  send(CardTaken{});
  EXPECT_EQ(state.mode, Mode::attract);
}

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

TEST_F(Shell, WhenNothingWorksItSaysSoAndComesBackByItself) {
  send(Offer{.services = {{.id = "progress", .closed = screens::Closed::network}}, .out_of_service = true});
  EXPECT_EQ(state.mode, Mode::out_of_service);
  tap(500, 500);
  EXPECT_EQ(state.mode, Mode::out_of_service);
  send(Offer{.services = {{.id = "progress"}}});
  EXPECT_EQ(state.mode, Mode::attract);
}

TEST_F(Shell, AFaultDuringASessionDoesNotEndIt) {
  serve();
  send(Offer{.services = {}, .out_of_service = true});
  EXPECT_EQ(state.mode, Mode::serving);
  send(SessionEnded{});
  EXPECT_EQ(state.mode, Mode::out_of_service);
}

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

TEST_F(Shell, AnOverlayTurnsItsOwnPagesAndAServiceBeginsOnItsFirst) {
  state.mode = Mode::home;
  state.draft.page = 1;
  state.overlay = Overlay::settings;
  put("more", {0, 0, 100, 100}, screens::TurnPage{1});
  put("close", {0, 200, 100, 100}, FrameAct::close_panel);
  put("tile", {0, 400, 100, 100}, screens::StartService{"mortgage_cancellation"});
  tap(10, 10);
  EXPECT_EQ(state.overlay_page, 1);
  const auto type = kiosk::testing::must(paint::Type::open());
  EXPECT_EQ(showing(state, *type, now).draft.page, 1);
  EXPECT_EQ(state.draft.page, 1) << "the page underneath stays where it is";
  tap(10, 210);
  EXPECT_EQ(state.overlay_page, 0);
  tap(10, 410);
  EXPECT_EQ(state.draft.page, 0);
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

TEST_F(Shell, ALatePageOfAnEndedSessionIsNotShown) {
  serve();
  state.mode = Mode::ending;
  state.page.reset();
  send(PageShown{.ticket = 9, .screen = Blank{}, .asks = true});
  EXPECT_FALSE(state.page);
}

}  // namespace
}  // namespace kiosk::shell
