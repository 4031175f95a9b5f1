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

/// Runs the kiosk until SIGTERM, SIGINT or a closed window. While the records cannot be kept (a full or
/// read-only disk) it stands closed, and opens by itself when they can. Errors are those of starting:
/// `malformed` configuration · `refused` a database that a newer program made, or that another key sealed;
/// nothing in it was touched · `busy` another program holds it · `unplugged` display · `storage` a file that
/// the configuration names cannot be read. To be called once, before any other thread exists.
Result<void> run(Configuration configuration, const Hooks& hooks = {});

/// What the program ends with after a failed run: 2 when starting it again does not help, for its
/// configuration, its data or the program itself must be changed; else 1.
int exit_status(const Error& error);

}  // namespace kiosk::app
