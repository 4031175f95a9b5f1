// While somebody works on the machine: nobody may be disturbed, and nobody may begin.

#include "firmware/shell/view.hpp"
#include "screens/paint/type.hpp"
#include "tests/firmware/shell/shell_fixture.hpp"
#include "tests/support/must.hpp"

namespace kiosk::shell {
namespace {

class Pause : public Shell {
 protected:
  Attended ask(const Event& event) {
    const auto effects = send(event);
    EXPECT_EQ(effects.size(), 1U);
    return std::get<Attended>(effects.at(0));
  }
  Attended close(Steady::duration at_longest = 10min) {
    return ask(StayClosed{.request = 5, .back_at = "14:05", .at_longest = now + at_longest});
  }
};

TEST_F(Pause, NobodyIsThereSinceTheLastTouch) {
  state.touched_at = now;
  now += 61s;
  EXPECT_EQ(ask(Attend{.request = 3}), (Attended{.request = 3, .somebody = false, .nobody_for = 61s}));
  finger(Touch::Phase::down, 10, 10);
  EXPECT_TRUE(ask(Attend{}).somebody) << "a finger is on the glass";
  finger(Touch::Phase::up, 10, 10);
  EXPECT_EQ(state.mode, Mode::home);
  EXPECT_EQ(ask(Attend{.request = 4}), (Attended{.request = 4, .somebody = true}));
}

TEST_F(Pause, WhoeverReadsHelpIsServedAndACardThatIsLeftIsOwed) {
  state.overlay = Overlay::help;
  EXPECT_TRUE(close().somebody);
  state.overlay = Overlay::none;
  state.mode = Mode::card_left;
  EXPECT_TRUE(close().somebody);
  EXPECT_FALSE(state.pause);
}

TEST_F(Pause, WhoeverTakesTheirCardWasThereJustNow) {
  state.mode = Mode::card_left;
  now += 20min;
  send(CardTaken{});
  EXPECT_EQ(ask(Attend{.request = 3}), (Attended{.request = 3, .somebody = false, .nobody_for = 0s}));
}

TEST_F(Pause, SaysWhenItIsBackAndNobodyCanBegin) {
  EXPECT_FALSE(close().somebody);
  const auto type = kiosk::testing::must(paint::Type::open());
  EXPECT_EQ(view(state, *type, now).name, "out_of_service");
  tap(500, 500);
  EXPECT_EQ(state.mode, Mode::out_of_service);
  send(Offer{.services = state.services, .out_of_service = false});
  EXPECT_EQ(state.mode, Mode::out_of_service) << "what works again does not open it";
  EXPECT_FALSE(close().somebody) << "asked again it says the new time";
  EXPECT_FALSE(ask(OpenAgain{}).somebody);
  EXPECT_EQ(state.mode, Mode::attract);
}

TEST_F(Pause, DuringASessionNothingChanges) {
  serve();
  EXPECT_TRUE(close().somebody);
  EXPECT_EQ(state.mode, Mode::serving);
  ask(OpenAgain{});
  EXPECT_EQ(state.mode, Mode::serving);
}

TEST_F(Pause, OpensByItselfWhenWhoeverClosedItIsHeardNoMore) {
  close(10min);
  now += 10min - 1s;
  send(Tick{});
  EXPECT_EQ(state.mode, Mode::out_of_service);
  now += 1s;
  send(Tick{});
  EXPECT_EQ(state.mode, Mode::attract);
}

TEST_F(Pause, StaysClosedAfterwardsWhenNothingWorks) {
  close();
  send(Offer{.services = state.services, .out_of_service = true});
  ask(OpenAgain{});
  EXPECT_EQ(state.mode, Mode::out_of_service);
  EXPECT_FALSE(state.pause);
}

}  // namespace
}  // namespace kiosk::shell
