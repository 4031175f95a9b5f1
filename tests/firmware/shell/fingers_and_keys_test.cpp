#include "tests/firmware/shell/shell_fixture.hpp"

namespace kiosk::shell {
namespace {

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

}  // namespace
}  // namespace kiosk::shell
