#include "firmware/shell/view.hpp"
#include "screens/paint/type.hpp"
#include "tests/firmware/shell/shell_fixture.hpp"
#include "tests/support/must.hpp"

namespace kiosk::shell {
namespace {

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

TEST_F(Shell, ALatePageOfAnEndedSessionIsNotShown) {
  serve();
  state.mode = Mode::ending;
  state.page.reset();
  send(PageShown{.ticket = 9, .screen = Blank{}, .asks = true});
  EXPECT_FALSE(state.page);
}

}  // namespace
}  // namespace kiosk::shell
