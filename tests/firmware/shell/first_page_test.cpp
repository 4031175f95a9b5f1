#include "firmware/shell/idle.hpp"
#include "firmware/shell/view.hpp"
#include "screens/citizen/problem.hpp"
#include "screens/paint/type.hpp"
#include "tests/firmware/shell/shell_fixture.hpp"
#include "tests/support/must.hpp"

namespace kiosk::shell {
namespace {

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

}  // namespace
}  // namespace kiosk::shell
