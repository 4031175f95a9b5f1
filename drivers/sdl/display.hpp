#pragma once
// A display through SDL2: a window, fullscreen or not, or no glass at all ("offscreen": tests, demos, the
// lobby).

#include <memory>

#include "hal/display.hpp"

namespace kiosk::drivers {

struct SdlConfig {
  enum class Driver {
    window,     ///< X11 or Wayland, whichever is there
    offscreen,  ///< memory only; takes events pushed into SDL's queue
  };
  int width = 1080, height = 1920;  ///< dots; fullscreen takes the screen's own size
  bool fullscreen = true;
  Driver driver = Driver::window;
};

/// Opens it: about 2 ms offscreen, 20 ms on X11. `unplugged` when there is no display to open, `refused` when
/// its dots are not 32 bits. At most one at a time: SDL's state belongs to the program. Call from the UI
/// thread.
Result<std::unique_ptr<hal::Display>> make_sdl_display(const SdlConfig& config);

}  // namespace kiosk::drivers
