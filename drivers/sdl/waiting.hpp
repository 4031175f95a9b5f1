#pragma once
// Waiting for SDL's next event without waking up. Private to drivers/sdl.

#include <optional>
#include <vector>

#include <SDL.h>
#include <poll.h>

#include "hal/base/fd.hpp"

namespace kiosk::drivers {

/// SDL 2.26 blocks in SDL_WaitEvent on X11 and Wayland only; everywhere else it looks every millisecond (928
/// wake-ups a second measured). There this waits itself: for an eventfd that every pushed event writes to,
/// and for the /dev/input files that SDL's own evdev code holds open.
class Waiting {
 public:
  Waiting();
  ~Waiting();
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

  /// Nothing once `until` has passed.
  std::optional<SDL_Event> next(Steady::time_point until);

 private:
  std::optional<SDL_Event> next_of_sdl(Steady::time_point until);
  std::optional<SDL_Event> next_by_poll(Steady::time_point until);

  bool sdl_blocks_ = false;
  Fd pushed_;
  std::vector<pollfd> sources_;
};

}  // namespace kiosk::drivers
