// Both ends of the shared glass, in one process.

#include <filesystem>
#include <random>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/lobby/glass/glass_view.hpp"
#include "tests/lobby/glass/lobby_glass.hpp"
#include "tests/lobby/glass/tree.hpp"
#include "tests/lobby/tests/plain_display.hpp"
#include "tests/support/display_conformance.hpp"

namespace kiosk::lobby {
namespace {

using namespace std::chrono_literals;

Wait patience() {
  return Wait::of(20s);
}

screens::Layout page_named(std::string name) {
  screens::Layout page;
  page.name = std::move(name);
  page.title = "Which \"one\"?\n\x01\\";
  page.step = screens::Step{2, 4};
  screens::Node button;
  button.id = "continue";
  button.role = screens::Role::button;
  button.rect = {10, 20, 30, 10};
  button.label = "继续";
  button.act = screens::Choose{};
  button.personal = true;
  page.nodes = {button};
  return page;
}

/// A lobby's finger on a display without glass.
class LobbyRig {
 public:
  LobbyRig() {
    glass_.show_page(page_named("home"));
    EXPECT_TRUE(view_.await([](const ShownPage& shown) { return shown.name == "home"; }, patience()));
  }
  hal::Display& display() { return glass_; }
  void tap(int x, int y) {
    using enum hal::Touch::Phase;
    for (const auto phase : {down, up}) {
      view_.send(hal::Touch{.phase = phase, .x = x, .y = y, .at = Steady::now()});
    }
  }

 private:
  std::string socket_ = ::testing::TempDir() + "rig-" + std::to_string(::getpid()) + ".sock";
  GlassView view_{socket_};
  LobbyGlass glass_{std::make_unique<PlainDisplay>(), socket_};
};

}  // namespace
}  // namespace kiosk::lobby

namespace kiosk::testing {
INSTANTIATE_TYPED_TEST_SUITE_P(Lobby, DisplayConformance, lobby::LobbyRig);
}

namespace kiosk::lobby {
namespace {

class Glass : public ::testing::Test {
 protected:
  std::string socket = ::testing::TempDir() + "glass-" + std::to_string(::getpid()) + ".sock";
  std::unique_ptr<GlassView> view = std::make_unique<GlassView>(socket);
  PlainDisplay* plain = nullptr;
  std::unique_ptr<LobbyGlass> glass = make_glass();

  std::unique_ptr<LobbyGlass> make_glass() {
    auto display = std::make_unique<PlainDisplay>();
    plain = display.get();
    return std::make_unique<LobbyGlass>(std::move(display), socket);
  }
  void show(const std::string& name) {
    const hal::DotRect all{0, 0, 60, 40};
    ASSERT_TRUE(glass->present({&all, 1}));
    glass->show_page(page_named(name));
  }
  std::shared_ptr<const ShownPage> await(const std::string& name) {
    const auto page = view->await([&](const ShownPage& shown) { return shown.name == name; }, patience());
    return page ? *page : nullptr;
  }
  hal::InputEvent next() {
    const auto until = Steady::now() + 20s;
    while (Steady::now() < until) {
      if (const auto event = glass->next_event(until)) return *event;
    }
    return hal::Closed{};
  }
};

TEST_F(Glass, ShowsThePageAndItsPicture) {
  plain->fill(0x123456);
  show("home");
  const auto page = await("home");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->tree.value("title", ""), "Which \"one\"?\n\x01\\");
  const auto* button = page->node("continue");
  ASSERT_NE(button, nullptr);
  EXPECT_EQ(
      button->dump(),
      R"({"act":"choose","id":"continue","label":"继续","on":null,"personal":true,"rect":[10,20,30,10],)"
      R"("role":"button","speech":""})");
  const auto picture = view->snapshot();
  EXPECT_EQ(picture.width, 60);
  EXPECT_EQ(picture.height, 40);
  EXPECT_EQ(picture.dots, std::vector<std::uint32_t>(60 * 40, 0x123456));
}

TEST_F(Glass, CopiesOnlyWhatWasPresented) {
  show("home");
  ASSERT_TRUE(await("home"));
  GlassView::Seen seen;
  (void)view->changes(seen, patience());
  plain->fill(0xffffff);
  const std::array<hal::DotRect, 2> changed{{{2, 3, 4, 5}, {55, 38, 100, 100}}};
  ASSERT_TRUE(glass->present(changed));
  const auto change = view->changes(seen, patience());
  EXPECT_EQ(change.rects, (std::vector<hal::DotRect>{changed[0], changed[1]}));
  const auto picture = view->snapshot();
  const auto white = std::ranges::count(picture.dots, 0xffffffU);
  EXPECT_EQ(white, 4 * 5 + 5 * 2) << "a rectangle over the edge is cut";
  EXPECT_EQ(plain->presented, 3U);
}

TEST_F(Glass, BringsFingersAndKeys) {
  show("home");
  const auto page = await("home");
  ASSERT_TRUE(page);
  view->tap(*page->node("continue"));
  view->send(hal::KeyPress{hal::KeyPress::Key::help});
  const auto down = std::get<hal::Touch>(next());
  EXPECT_EQ(down.phase, hal::Touch::Phase::down);
  EXPECT_EQ(down.x, 25);
  EXPECT_EQ(down.y, 25);
  EXPECT_EQ(std::get<hal::Touch>(next()).phase, hal::Touch::Phase::up);
  EXPECT_EQ(std::get<hal::KeyPress>(next()).key, hal::KeyPress::Key::help);
}

TEST_F(Glass, GoesOnWhenTheLobbyDies) {
  show("home");
  ASSERT_TRUE(await("home"));
  view.reset();
  for (int i = 0; i < 3; ++i) show("list");
  EXPECT_EQ(plain->presented, 4U);
}

TEST_F(Glass, GoesOnWithoutALobbyFromTheStart) {
  view.reset();
  glass = make_glass();
  show("home");
  EXPECT_EQ(plain->presented, 1U);
}

TEST_F(Glass, IsSeenAgainWhenTheKioskComesBack) {
  show("home");
  ASSERT_TRUE(await("home"));
  glass.reset();
  glass = make_glass();
  show("attract");
  EXPECT_TRUE(await("attract"));
}

TEST_F(Glass, AwaitTellsWhichPageStandsThereInstead) {
  show("home");
  ASSERT_TRUE(await("home"));
  const auto page = view->await([](const ShownPage& shown) { return shown.name == "sign"; }, Wait::of(10ms));
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, Errc::timed_out);
  EXPECT_NE(page.error().what.find("home"), std::string::npos);
}

TEST(GlassInput, IgnoresWhatIsNeitherTouchNorKey) {
  for (const auto* line : {"", "{", "[]", "{}", R"({"touch":"press","x":1})", R"({"touch":3})",
                           R"({"key":"enter"})", R"({"key":null})", "\xff\xfe", R"({"touch":{"down":1}})"})
    EXPECT_FALSE(input_from(line)) << line;
}

TEST(GlassInput, SurvivesRandomBytes) {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string line = R"({"touch":"down","finger":0,"x":10,"y":20})";
    line.at(random() % line.size()) = static_cast<char>(random());
    (void)input_from(line);
  }
}

TEST(GlassInput, SaysWhatItReads) {
  for (const hal::InputEvent& event :
       {hal::InputEvent(hal::Touch{hal::Touch::Phase::move, 1, -5, 7,
                                   kiosk::Steady::time_point(std::chrono::floor<std::chrono::microseconds>(
                                       Steady::now().time_since_epoch()))}),
        hal::InputEvent(hal::KeyPress{hal::KeyPress::Key::slower})}) {
    const auto line = to_line(event);
    EXPECT_EQ(to_line(input_from(line).value()), line);
  }
}

TEST(SharedGlass, RefusesAnotherFile) {
  EXPECT_EQ(SharedGlass::open(Fd()).error().code, Errc::malformed);
  Fd zero(::dup(0));
  EXPECT_FALSE(SharedGlass::open(std::move(zero)));
}

}  // namespace
}  // namespace kiosk::lobby
