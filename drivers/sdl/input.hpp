#pragma once
// SDL's events as ours. Private to drivers/sdl.

#include <array>
#include <optional>
#include <vector>

#include <SDL.h>

#include "hal/display.hpp"

namespace kiosk::drivers {

/// Numbers fingers 0, 1, 2 … as they come down, whatever the touch panel calls them.
class Fingers {
 public:
  /// `event` is one of SDL's three finger events. Nothing for a finger that was never down, or an eleventh
  /// one.
  std::optional<hal::Touch> touch(const SDL_TouchFingerEvent& event, int width, int height);

  /// Every finger that is down counts as lost: the window went away under it.
  std::vector<hal::InputEvent> lose_all();

 private:
  struct Finger {
    SDL_TouchID panel = 0;
    SDL_FingerID id = 0;
    hal::Touch last;
  };
  std::array<std::optional<Finger>, 10> down_;
};

/// The keypad's keys and the keyboard's for them. Nothing for others and for repeats.
std::optional<hal::KeyPress> key_press(const SDL_KeyboardEvent& event);

}  // namespace kiosk::drivers
