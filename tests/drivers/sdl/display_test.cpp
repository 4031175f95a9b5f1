#include "drivers/sdl/display.hpp"

#include <fstream>
#include <string>
#include <thread>

#include <SDL.h>
#include <gtest/gtest.h>

#include "tests/support/display_conformance.hpp"

namespace kiosk::drivers {
namespace {

using namespace std::chrono_literals;

std::unique_ptr<hal::Display> offscreen() {
  auto display = make_sdl_display({.width = 200, .height = 300, .driver = SdlConfig::Driver::offscreen});
  EXPECT_TRUE(display) << display.error().what;
  auto opened = std::move(display).value();
  while (opened->next_event(Steady::now())) {  // what SDL tells of a new window
  }
  return opened;
}

void push_finger(std::uint32_t type, float x, float y) {
  SDL_Event event{};
  event.type = type;
  event.tfinger.touchId = 1;
  event.tfinger.fingerId = 5;
  event.tfinger.x = x;
  event.tfinger.y = y;
  SDL_PushEvent(&event);
}

class SdlRig {
 public:
  hal::Display& display() { return *display_; }
  void tap(int x, int y) {
    const auto canvas = display_->canvas();
    const float across = (static_cast<float>(x) + 0.5F) / static_cast<float>(canvas.width);
    const float down = (static_cast<float>(y) + 0.5F) / static_cast<float>(canvas.height);
    push_finger(SDL_FINGERDOWN, across, down);
    push_finger(SDL_FINGERUP, across, down);
  }

 private:
  std::unique_ptr<hal::Display> display_ = offscreen();
};

}  // namespace
}  // namespace kiosk::drivers

namespace kiosk::testing {
INSTANTIATE_TYPED_TEST_SUITE_P(Sdl, DisplayConformance, drivers::SdlRig);
}

namespace kiosk::drivers {
namespace {

/// How often this thread gave up the processor to wait.
long waits() {
  std::ifstream status("/proc/thread-self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("voluntary_ctxt_switches:")) return std::stol(line.substr(24));
  }
  return -1;
}

TEST(SdlDisplay, sleeps_while_nothing_happens) {
  const auto display = offscreen();
  const auto before = waits();
  EXPECT_FALSE(display->next_event(Steady::now() + 300ms));
  EXPECT_LE(waits() - before, 3) << "SDL alone would wake up 270 times";
}

TEST(SdlDisplay, loses_the_finger_when_the_window_goes_away) {
  const auto display = offscreen();
  push_finger(SDL_FINGERDOWN, 0.5F, 0.5F);
  display->next_event(Steady::now());
  SDL_Event event{};
  event.type = SDL_WINDOWEVENT;
  event.window.event = SDL_WINDOWEVENT_FOCUS_LOST;
  SDL_PushEvent(&event);
  EXPECT_EQ(std::get<hal::Touch>(display->next_event(Steady::now()).value()).phase, hal::Touch::Phase::lost);
}

TEST(SdlDisplay, says_when_somebody_closes_it) {
  const auto display = offscreen();
  SDL_Event event{};
  event.type = SDL_QUIT;
  SDL_PushEvent(&event);
  EXPECT_TRUE(std::holds_alternative<hal::Closed>(display->next_event(Steady::now()).value()));
}

TEST(SdlDisplay, opens_again_after_it_was_closed) {
  {
    const auto first = offscreen();
  }
  const auto second = offscreen();
  EXPECT_EQ(second->canvas().width, 200);
}

TEST(SdlDisplay, is_unplugged_where_there_is_no_window_system) {
  ::unsetenv("DISPLAY");
  ::unsetenv("WAYLAND_DISPLAY");
  ::setenv("SDL_VIDEODRIVER", "x11", 1);
  const auto display = make_sdl_display({.driver = SdlConfig::Driver::window});
  ::unsetenv("SDL_VIDEODRIVER");
  ASSERT_FALSE(display);
  EXPECT_EQ(display.error().code, Errc::unplugged);
}

}  // namespace
}  // namespace kiosk::drivers
