#pragma once
// The UI thread: input to the reducer, what changed to the painter, effects to whom they concern. Blocks only
// in the display's own wait.

#include <atomic>
#include <functional>
#include <string>

#include "firmware/shell/effect.hpp"
#include "firmware/shell/event.hpp"
#include "firmware/shell/state.hpp"
#include "hal/base/clock.hpp"
#include "hal/base/mailbox.hpp"
#include "hal/display.hpp"
#include "screens/paint/painter.hpp"
#include "screens/paint/type.hpp"

namespace kiosk::app {

class Glass {
 public:
  /// `services` stand on the first picture. `on_layout` sees every page right after it was presented: the
  /// proof that pictures reach the glass.
  Glass(hal::Display& display, paint::Type& type, const Clock& clock, const shell::Site& site,
        std::vector<screens::ServiceTile> services, std::function<void(const screens::Layout&)> on_layout);

  /// From any thread.
  void post(shell::Event event) { events_.post(std::move(event)); }

  /// Puts the first picture on the glass, before anything is loaded that it does not need.
  Result<void> first_frame();

  /// Runs until stop() or until somebody closes the window. `act` carries the effects out, on this thread,
  /// without blocking. `unplugged` when the display is gone for good.
  Result<void> run(const std::function<void(const shell::Effect&)>& act);

  /// From any thread.
  void stop();

 private:
  void handle(const shell::Event& event);
  Result<void> show();
  void look_ahead();
  std::string clock_text() const;
  Steady::time_point next_minute() const;

  hal::Display& display_;
  const Clock& clock_;
  std::function<void(const screens::Layout&)> on_layout_;
  std::function<void(const shell::Effect&)> act_;
  paint::Type& type_;
  paint::Painter painter_;
  shell::State state_;
  screens::Layout layout_;
  std::atomic<bool> stopped_ = false;
  Mailbox<shell::Event> events_;
};

}  // namespace kiosk::app
