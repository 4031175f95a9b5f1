#pragma once
// How attract and home show the services.

#include "screens/citizen/service_tile.hpp"
#include "screens/widgets/page.hpp"

namespace kiosk::screens {

/// The last part of the text ids about a closed service: "receipt_printer".
std::string_view stem(Closed why);

Block health_chip(const Look& look, int width, ServiceHealth health);

/// Tiles for the services: one column for up to four, else two. At most `a_page` of them on one page.
void add_tiles(Page& page, const Look& look, const std::vector<ServiceTile>& services, int a_page,
               double most_mm = 62);

}  // namespace kiosk::screens
