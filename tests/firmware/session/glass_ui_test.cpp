#include "firmware/session/glass_ui.hpp"

#include <gtest/gtest.h>

#include "screens/citizen/place_card.hpp"

namespace kiosk::session {
namespace {

using namespace std::chrono_literals;

struct Fixture : testing::Test {
  GlassUi ui{[this](const shell::Event& event) {
    if (const auto* shown = std::get_if<shell::PageShown>(&event)) {
      ticket = shown->ticket;
      if (answer_at_once) ui.take({.ticket = ticket});
    }
  }};
  std::uint64_t ticket = 0;  ///< of the page on the glass
  bool answer_at_once = false;
  Wait wait = Wait::of(20s);
};
using AskWhile = Fixture;

TEST_F(AskWhile, AnAnswerStopsTheWork) {
  const auto got = ui.ask_while(screens::PlaceCard{}, wait, [&](const Wait& work) -> Result<int> {
    ui.take({.ticket = ticket});
    return std::unexpected(work.check().error());
  });
  ASSERT_TRUE(got);
  EXPECT_EQ(got->index(), 0U);
}

TEST_F(AskWhile, TheAnswerToThePageBeforeStopsNothing) {
  const auto got = ui.ask_while(screens::PlaceCard{}, wait, [&](const Wait& work) -> Result<int> {
    ui.take({.ticket = ticket - 1});
    TRY(work.check());
    return 7;
  });
  ASSERT_TRUE(got) << got.error().what;
  EXPECT_EQ(std::get<1>(*got), 7);
}

TEST_F(AskWhile, AnAnswerThatCameBeforeTheWorkBeganStopsItToo) {
  answer_at_once = true;
  const auto got = ui.ask_while(screens::PlaceCard{}, wait, [&](const Wait& work) -> Result<int> {
    TRY(work.sleep(10s));
    return 7;
  });
  ASSERT_TRUE(got) << got.error().what;
  EXPECT_EQ(got->index(), 0U);
}

TEST_F(AskWhile, FinishedWorkTakesTheQuestionBack) {
  const auto got = ui.ask_while(screens::PlaceCard{}, wait, [](const Wait&) -> Result<int> { return 7; });
  ASSERT_TRUE(got);
  EXPECT_EQ(std::get<1>(*got), 7);
}

}  // namespace
}  // namespace kiosk::session
