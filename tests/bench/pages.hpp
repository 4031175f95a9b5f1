#pragma once
// The two pages that the kiosk and the browser both show.

#include <string>

#include "screens/layout.hpp"
#include "screens/look.hpp"

namespace kiosk::bench {

/// Eight services.
screens::Layout home_page(const screens::Look& look);

/// How many of the list's pages are turned through, before it starts again.
inline constexpr int list_pages = 6;

/// One page of a list of 200 cases; as many rows as fit.
screens::Layout list_page(const screens::Look& look, int page);

/// A layout as HTML: every mark an element at its place, so that a browser shows the same picture. All pages
/// are in one document and only one is displayed: what a well-made kiosk page does, and the fastest there is.
std::string html(const screens::Look& look);

/// All 200 rows in one box that scrolls: what a browser's list does when nobody turns pages.
std::string scrolling_html(const screens::Look& look);

}  // namespace kiosk::bench
