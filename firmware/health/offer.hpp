#pragma once
// Which services this machine can give just now, and why not the others: what a fault means for the citizen.

#include "firmware/services/service.hpp"
#include "firmware/shell/event.hpp"
#include "hal/base/options.hpp"

namespace kiosk::health {

/// Everything that decides what can be offered, at one moment.
struct Condition {
  hal::DeviceStatus id_reader, receipt_printer, document_printer, camera, scanner;
  bool registry_reachable = false;
  std::vector<std::string> closed_by_city;  ///< service ids

  bool operator==(const Condition&) const = default;
};

/// The devices, and the registry, that worked before and do not now: by the names of the configuration's
/// tables.
std::vector<std::string_view> newly_broken(const Condition& before, const Condition& now);

/// `offered`: the site's services in the order of its menu. A service stays on the menu when something it
/// needs does not work: its tile then names the first such thing.
shell::Offer offer(const Condition& condition, const Options::Texts& offered,
                   const std::vector<services::Service>& catalog);

}  // namespace kiosk::health
