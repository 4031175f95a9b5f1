#include "drivers/sdl/input.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::drivers {

using hal::KeyPress;
using hal::Touch;

namespace {

int dots(float part, int size) {
  if (!std::isfinite(part)) return 0;
  return static_cast<int>(
      std::clamp(std::floor(part * static_cast<float>(size)), 0.0F, static_cast<float>(size - 1)));
}

}  // namespace

std::optional<Touch> Fingers::touch(const SDL_TouchFingerEvent& event, int width, int height) {
  const auto same = [&](const std::optional<Finger>& finger) {
    return finger && finger->panel == event.touchId && finger->id == event.fingerId;
  };
  auto place = std::ranges::find_if(down_, same);
  const bool known = place != down_.end();
  if (event.type == SDL_FINGERDOWN && !known) {
    place = std::ranges::find_if(down_, [](const auto& finger) { return !finger; });
  }
  if (place == down_.end() || (!known && event.type != SDL_FINGERDOWN)) return std::nullopt;

  const Touch touch{.phase = event.type == SDL_FINGERUP     ? Touch::Phase::up
                             : event.type == SDL_FINGERDOWN ? Touch::Phase::down
                                                            : Touch::Phase::move,
                    .finger = static_cast<int>(place - down_.begin()),
                    .x = dots(event.x, width),
                    .y = dots(event.y, height),
                    .at = Steady::now()};
  if (event.type == SDL_FINGERUP) {
    place->reset();
  } else {
    *place = Finger{.panel = event.touchId, .id = event.fingerId, .last = touch};
  }
  return touch;
}

std::vector<hal::InputEvent> Fingers::lose_all() {
  std::vector<hal::InputEvent> lost;
  for (auto& finger : down_) {
    if (!finger) continue;
    finger->last.phase = Touch::Phase::lost;
    finger->last.at = Steady::now();
    lost.emplace_back(finger->last);
    finger.reset();
  }
  return lost;
}

std::optional<KeyPress> key_press(const SDL_KeyboardEvent& event) {
  if (event.type != SDL_KEYDOWN || event.repeat != 0) return std::nullopt;
  using Key = KeyPress::Key;
  switch (event.keysym.sym) {
    case SDLK_UP:
      return KeyPress{Key::up};
    case SDLK_DOWN:
      return KeyPress{Key::down};
    case SDLK_LEFT:
      return KeyPress{Key::left};
    case SDLK_RIGHT:
      return KeyPress{Key::right};
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
    case SDLK_SPACE:
      return KeyPress{Key::select};
    case SDLK_PLUS:
    case SDLK_EQUALS:
    case SDLK_KP_PLUS:
    case SDLK_VOLUMEUP:
      return KeyPress{Key::louder};
    case SDLK_MINUS:
    case SDLK_KP_MINUS:
    case SDLK_VOLUMEDOWN:
      return KeyPress{Key::quieter};
    case SDLK_PAGEUP:
      return KeyPress{Key::faster};
    case SDLK_PAGEDOWN:
      return KeyPress{Key::slower};
    case SDLK_F1:
      return KeyPress{Key::help};
    default:
      return std::nullopt;
  }
}

}  // namespace kiosk::drivers
