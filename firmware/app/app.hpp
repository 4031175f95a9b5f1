#pragma once
// The kiosk as a whole: configuration in, devices made, threads started, the glass run until the end.

#include <functional>
#include <memory>

#include "firmware/app/configuration.hpp"
#include "hal/display.hpp"
#include "screens/layout.hpp"

namespace kiosk::app {

/// For programs that look on: the shipped one uses neither.
struct Hooks {
  /// Puts another display around the real one.
  std::function<std::unique_ptr<hal::Display>(std::unique_ptr<hal::Display>)> wrap_display;
  /// Sees every page after it was presented; on the UI thread.
  std::function<void(const screens::Layout&)> on_layout;
};

/// Runs the kiosk until SIGTERM, SIGINT or a closed window. Errors are those of starting: `malformed`
/// configuration, `storage`, `unplugged` display. To be called once, before any other thread exists.
Result<void> run(Configuration configuration, const Hooks& hooks = {});

}  // namespace kiosk::app
