#include "drivers/sdl/display.hpp"

#include <fstream>
#include <string>
#include <thread>

#include <SDL.h>
#include <gtest/gtest.h>

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

/// How often this thread gave up the processor to wait.
long waits() {
  std::ifstream status("/proc/thread-self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("voluntary_ctxt_switches:")) return std::stol(line.substr(24));
  }
  return -1;
}

TEST(SdlDisplay, has_a_canvas_of_the_size_asked_for_and_presents_parts_of_it) {
  const auto display = offscreen();
  const auto canvas = display->canvas();
  EXPECT_EQ(canvas.width, 200);
  EXPECT_EQ(canvas.height, 300);
  EXPECT_GE(canvas.stride, 200);
  canvas.dots[299 * canvas.stride + 199] = 0x00FF8800;
  const hal::DotRect parts[] = {{0, 0, 10, 10}, {190, 290, 10, 10}};
  EXPECT_TRUE(display->present(parts));
  EXPECT_TRUE(display->present({}));
}

TEST(SdlDisplay, tells_fingers_in_dots_of_the_canvas) {
  const auto display = offscreen();
  push_finger(SDL_FINGERDOWN, 0.5F, 0.5F);
  push_finger(SDL_FINGERUP, 0.5F, 0.6F);
  const auto down = std::get<hal::Touch>(display->next_event(Steady::now()).value());
  EXPECT_EQ(down.phase, hal::Touch::Phase::down);
  EXPECT_EQ(down.x, 100);
  EXPECT_EQ(down.y, 150);
  EXPECT_EQ(std::get<hal::Touch>(display->next_event(Steady::now()).value()).phase, hal::Touch::Phase::up);
  EXPECT_FALSE(display->next_event(Steady::now()));
}

TEST(SdlDisplay, ends_its_wait_when_an_event_comes_from_another_thread) {
  const auto display = offscreen();
  std::jthread person([] { push_finger(SDL_FINGERDOWN, 0, 0); });
  EXPECT_TRUE(display->next_event(Steady::now() + 1min));
}

TEST(SdlDisplay, ends_its_wait_when_woken_during_or_before_it) {
  const auto display = offscreen();
  display->wake();
  display->wake();  // one call is ended, not two
  EXPECT_FALSE(display->next_event(Steady::time_point::max()));
  std::jthread other([&] { display->wake(); });
  EXPECT_FALSE(display->next_event(Steady::time_point::max()));
  push_finger(SDL_FINGERDOWN, 0, 0);
  EXPECT_TRUE(display->next_event(Steady::now()));
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
