#pragma once
// The frame around every page: hall name, clock, language and display settings at the top; back, home, help,
// low reach and 关怀模式 at the bottom, always in the same places (WCAG 3.2.3, 3.2.6).

#include <string>

#include "screens/layout.hpp"
#include "screens/look.hpp"

namespace kiosk::screens {

struct Frame {
  std::string hall_name;
  std::string clock;  ///< "14:05"
  bool can_go_back = false;
  bool can_go_home = true;
  bool identified = false;
  int seconds_left = 0;  ///< > 0: the ring of the remaining time is shown
  bool operator==(const Frame&) const = default;
};

/// Where a page may put its content: below the step line and above the action bar. In low reach only what is
/// read may stand above low_reach_line().
Rect content_area(const Look& look);

/// Where low reach begins, from the top: nothing to touch stands above it. The content's top in other modes.
int low_reach_line(const Look& look);

/// Where a page puts its one or two answers, at the bottom of the content (UX 2.2).
Rect action_area(const Look& look);

/// The page with its frame around it: nodes of the frame come after the page's own in focus order.
Layout framed(Layout page, const Frame& frame, const Look& look);

}  // namespace kiosk::screens
