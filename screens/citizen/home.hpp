#pragma once
// The menu. At most eight services, four in 关怀模式.

#include "screens/citizen/service_tile.hpp"
#include "screens/screen.hpp"

namespace kiosk::screens {

struct Home {
  static constexpr std::string_view name = "home";
  std::string hall_name;
  std::vector<ServiceTile> services;
  ServiceHealth health = ServiceHealth::all;
  bool operator==(const Home&) const = default;
};
Layout layout(const Home& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
