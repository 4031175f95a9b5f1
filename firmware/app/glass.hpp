#pragma once
// The UI thread: input to the reducer, what changed to the painter, effects to whom they concern. Never
// blocks but in the display's own wait.

#include <atomic>
#include <functional>

#include "firmware/shell/effect.hpp"
#include "firmware/shell/event.hpp"
#include "firmware/shell/state.hpp"
#include "hal/base/clock.hpp"
#include "hal/base/mailbox.hpp"
#include "hal/display.hpp"
#include "screens/paint/painter.hpp"

namespace kiosk::app {

class Glass {
 public:
  /// `on_layout` sees every page right after it was presented: the watchdog's proof that pictures reach the
  /// glass.
  Glass(hal::Display& display, const Clock& clock, const shell::Site& site,
        std::function<void(const screens::Layout&)> on_layout);

  /// From any thread.
  void post(shell::Event event) { events_.post(std::move(event)); }

  /// Puts the first picture on the glass, before anything that it does not need is loaded.
  Result<void> first_frame();

  /// Runs until stop() or until somebody closes the window. `act` carries the effects out, on this thread,
  /// without blocking. `unplugged` when the display is gone for good.
  Result<void> run(const std::function<void(const shell::Effect&)>& act);

  /// From any thread.
  void stop();

 private:
  void handle(const shell::Event& event);
  Result<void> show();
  std::string clock_text() const;
  Steady::time_point next_minute() const;

  hal::Display& display_;
  const Clock& clock_;
  std::function<void(const screens::Layout&)> on_layout_;
  std::function<void(const shell::Effect&)> act_;
  screens::Painter painter_;
  shell::State state_;
  screens::Layout layout_;
  Mailbox<shell::Event> events_;
  std::atomic<bool> stopped_ = false;
};

}  // namespace kiosk::app
