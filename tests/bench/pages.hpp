#pragma once
// The pages that the kiosk and the browser both show, laid out by the shell as the kiosk's own are: so one
// knows where to touch, and what a whole picture is.

#include <chrono>
#include <string>
#include <vector>

#include "firmware/shell/state.hpp"
#include "hal/registry.hpp"
#include "screens/layout.hpp"
#include "screens/typesetter.hpp"

namespace kiosk::bench {

/// How many of the list's pages the browser turns through, before it starts again.
inline constexpr int list_pages = 6;

/// 200 cases of one person, who does not exist.
std::vector<hal::CaseProgress> two_hundred_cases();

class Pages {
 public:
  /// `offered`: the services of the menu. Keeps `type`, which measures text.
  Pages(shell::Site site, const std::vector<std::string>& offered, const screens::Typesetter& type);

  const screens::Look& look() const { return look_; }

  /// The very first picture, before any device was asked.
  screens::Layout first() const;
  /// Everything is offered.
  screens::Layout attract() const;
  screens::Layout home() const;
  /// The ways to ask how far a case is: the first page of a service.
  screens::Layout ways() const;
  /// One page of the list of 200 cases; as many rows as fit.
  screens::Layout list(int page) const;

  /// Where the clock stands on all of them: it goes on while one measures.
  screens::Rect clock() const;

 private:
  screens::Layout serving(screens::Screen screen, int draft_page) const;
  screens::Layout view(const shell::State& state) const;

  const screens::Typesetter& type_;
  shell::State state_;  ///< attract, everything offered
  screens::Look look_;
};

struct Spot {
  int x = 0, y = 0;
};
/// Where to touch the node with this id. Ends the bench when it is not there.
Spot centre_of(const screens::Layout& page, const std::string& id);

/// The same pages as HTML: every mark an element at its place. All are in one document and only one is
/// displayed: what a well-made kiosk page does, and the fastest there is.
std::string html(const Pages& pages);

/// All 200 rows in one box that scrolls: what a browser's list does when nobody turns pages.
std::string scrolling_html(const Pages& pages);

}  // namespace kiosk::bench
