#pragma once
// Someone touched a service that this machine cannot give just now: why, and where else (UX n).

#include "screens/citizen/service_tile.hpp"
#include "screens/screen.hpp"

namespace kiosk::screens {

struct ServiceClosed {
  static constexpr std::string_view name = "service_closed";
  ServiceTile service;
  std::string elsewhere;  ///< the city's words: "3号窗口，或大厅东侧的自助机"
  bool operator==(const ServiceClosed&) const = default;
};
Layout layout(const ServiceClosed& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
