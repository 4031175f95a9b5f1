#pragma once
// What the glass shows, from what the shell remembers.

#include "firmware/shell/state.hpp"
#include "hal/base/clock.hpp"
#include "screens/frame.hpp"
#include "screens/layout.hpp"
#include "screens/typesetter.hpp"

namespace kiosk::shell {

/// All that a layout is made from: equal ones look the same.
struct Showing {
  screens::Screen screen;
  screens::Draft draft;
  screens::Frame frame;
  screens::Look look;
  bool operator==(const Showing&) const = default;
};

/// `now` decides how many seconds a warning still counts, and whether a service's first page is overdue.
Showing showing(const State& state, const screens::Typesetter& type, Steady::time_point now);

screens::Layout lay_out(const Showing& showing);

/// Both at once.
inline screens::Layout view(const State& state, const screens::Typesetter& type, Steady::time_point now) {
  return lay_out(showing(state, type, now));
}

}  // namespace kiosk::shell
