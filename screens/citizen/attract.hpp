#pragma once
// What stands on the glass while nobody is there. A touch on a service goes straight in.

#include "screens/citizen/service_tile.hpp"
#include "screens/screen.hpp"

namespace kiosk::screens {

struct Attract {
  static constexpr std::string_view name = "attract";
  std::string hall_name;
  std::vector<ServiceTile> services;  ///< the three most used
  ServiceHealth health = ServiceHealth::all;
  std::string hours;  ///< "09:00-17:00", empty: not shown
  std::string supervision_phone;
  bool operator==(const Attract&) const = default;
};
Layout layout(const Attract& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
