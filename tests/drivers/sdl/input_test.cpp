#include "drivers/sdl/input.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace kiosk::drivers {
namespace {

using Phase = hal::Touch::Phase;

SDL_TouchFingerEvent finger(std::uint32_t type, SDL_FingerID id, float x, float y) {
  SDL_TouchFingerEvent event{};
  event.type = type;
  event.touchId = 1;
  event.fingerId = id;
  event.x = x;
  event.y = y;
  return event;
}

SDL_KeyboardEvent key(SDL_Keycode code, std::uint8_t repeat = 0) {
  SDL_KeyboardEvent event{};
  event.type = SDL_KEYDOWN;
  event.repeat = repeat;
  event.keysym.sym = code;
  return event;
}

TEST(Fingers, are_numbered_as_they_come_down_and_keep_their_number) {
  Fingers fingers;
  EXPECT_EQ(fingers.touch(finger(SDL_FINGERDOWN, 4711, 0.5F, 0.25F), 1080, 1920)->finger, 0);
  EXPECT_EQ(fingers.touch(finger(SDL_FINGERDOWN, 8, 0, 0), 1080, 1920)->finger, 1);
  const auto moved = fingers.touch(finger(SDL_FINGERMOTION, 4711, 0.5F, 0.25F), 1080, 1920);
  EXPECT_EQ(moved->finger, 0);
  EXPECT_EQ(moved->phase, Phase::move);
  EXPECT_EQ(moved->x, 540);
  EXPECT_EQ(moved->y, 480);
  EXPECT_EQ(fingers.touch(finger(SDL_FINGERUP, 4711, 0.5F, 0.25F), 1080, 1920)->phase, Phase::up);
  EXPECT_EQ(fingers.touch(finger(SDL_FINGERDOWN, 9, 0, 0), 1080, 1920)->finger, 0);
}

TEST(Fingers, stay_on_the_glass_whatever_the_panel_reports) {
  Fingers fingers;
  const auto beyond = fingers.touch(finger(SDL_FINGERDOWN, 1, 1.0F, 7.5F), 1080, 1920);
  EXPECT_EQ(beyond->x, 1079);
  EXPECT_EQ(beyond->y, 1919);
  const auto before =
      fingers.touch(finger(SDL_FINGERMOTION, 1, -3.0F, std::numeric_limits<float>::quiet_NaN()), 1080, 1920);
  EXPECT_EQ(before->x, 0);
  EXPECT_EQ(before->y, 0);
}

TEST(Fingers, that_never_came_down_do_nothing) {
  Fingers fingers;
  EXPECT_FALSE(fingers.touch(finger(SDL_FINGERUP, 1, 0, 0), 1080, 1920));
  EXPECT_FALSE(fingers.touch(finger(SDL_FINGERMOTION, 1, 0, 0), 1080, 1920));
  for (SDL_FingerID id = 0; id < 10; ++id)
    EXPECT_TRUE(fingers.touch(finger(SDL_FINGERDOWN, id, 0, 0), 1080, 1920));
  EXPECT_FALSE(fingers.touch(finger(SDL_FINGERDOWN, 99, 0, 0), 1080, 1920));
}

TEST(Fingers, are_lost_where_they_last_were) {
  Fingers fingers;
  fingers.touch(finger(SDL_FINGERDOWN, 1, 0.5F, 0.5F), 100, 100);
  const auto lost = fingers.lose_all();
  ASSERT_EQ(lost.size(), 1U);
  EXPECT_EQ(std::get<hal::Touch>(lost[0]).phase, Phase::lost);
  EXPECT_EQ(std::get<hal::Touch>(lost[0]).x, 50);
  EXPECT_TRUE(fingers.lose_all().empty());
  EXPECT_FALSE(fingers.touch(finger(SDL_FINGERUP, 1, 0, 0), 100, 100));
}

TEST(Keys, stand_for_the_keypad_and_never_repeat) {
  EXPECT_EQ(key_press(key(SDLK_RETURN))->key, hal::KeyPress::Key::select);
  EXPECT_EQ(key_press(key(SDLK_F1))->key, hal::KeyPress::Key::help);
  EXPECT_EQ(key_press(key(SDLK_KP_PLUS))->key, hal::KeyPress::Key::louder);
  EXPECT_FALSE(key_press(key(SDLK_RETURN, 1)));
  EXPECT_FALSE(key_press(key(SDLK_a)));
  auto up = key(SDLK_RETURN);
  up.type = SDL_KEYUP;
  EXPECT_FALSE(key_press(up));
}

}  // namespace
}  // namespace kiosk::drivers
