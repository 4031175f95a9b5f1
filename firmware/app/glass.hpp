#pragma once
// The UI thread: input to the reducer, what changed to the painter, effects to whom they concern. Blocks only
// in the display's own wait.

#include <atomic>
#include <functional>
#include <optional>
#include <string>

#include "firmware/app/service_manager.hpp"
#include "firmware/shell/effect.hpp"
#include "firmware/shell/event.hpp"
#include "firmware/shell/state.hpp"
#include "firmware/shell/view.hpp"
#include "hal/base/clock.hpp"
#include "hal/base/mailbox.hpp"
#include "hal/display.hpp"
#include "screens/paint/large_dots.hpp"
#include "screens/paint/painter.hpp"
#include "screens/paint/type.hpp"

namespace kiosk::app {

class Glass {
 public:
  /// Paints the first picture in memory, so that this can be done while the display is opened. It begins as
  /// `begin` says, but for the clock. `on_layout` sees every page right after it was presented: the proof
  /// that pictures reach the glass. `manager` hears when the first picture can be seen, and from then on that
  /// the loop still turns.
  Glass(paint::Type& type, const Clock& clock, shell::State begin,
        std::function<void(const screens::Layout&)> on_layout, ServiceManager& manager);

  /// From any thread.
  void post(shell::Event event) { events_.post(std::move(event)); }

  /// Puts the first picture on this display, which all others go to as well. Before anybody else calls.
  Result<void> first_frame(hal::Display& display);

  /// Runs until stop() or until somebody closes the window. `act` carries the effects out, on this thread,
  /// without blocking. `unplugged` when the display is gone for good.
  Result<void> run(const std::function<void(const shell::Effect&)>& act);

  /// From any thread.
  void stop();

  /// Whether a picture has been where a person could see it. From any thread.
  bool seen() const { return seen_; }

 private:
  void handle(const shell::Event& event);
  void lay_out();
  Result<void> show();
  void tell();
  Result<void> present(const std::vector<screens::Rect>& changed);
  void look_ahead();
  Steady::time_point next_minute() const;

  hal::Display* display_ = nullptr;
  const Clock& clock_;
  std::function<void(const screens::Layout&)> on_layout_;
  ServiceManager& manager_;
  std::function<void(const shell::Effect&)> act_;
  paint::Type& type_;
  paint::LargeDots first_dots_;  ///< until there is a display
  paint::Painter painter_;
  shell::State state_;
  struct Page {
    shell::Showing showing;
    screens::Layout layout;
  };
  std::optional<Page> ahead_;  ///< laid out before it is there
  shell::Showing showing_;
  screens::Layout layout_;  ///< of showing_
  bool untold_ = false;     ///< on_layout has not seen the page
  std::atomic<bool> stopped_ = false, seen_ = false;
  Mailbox<shell::Event> events_;
};

}  // namespace kiosk::app
