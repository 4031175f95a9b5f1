#pragma once
// A service of the kiosk: what it is called, what it needs, and the procedure.

#include <string_view>
#include <vector>

#include "firmware/session/session.hpp"
#include "screens/citizen/service_tile.hpp"

namespace kiosk::services {

using session::Outcome;
using session::Session;

struct Service {
  std::string_view id;
  /// What must work for it to be offered, worst first: the tile names the first that does not.
  std::vector<screens::Closed> needs;
  Result<Outcome> (*run)(Session&);
};

/// The only list of services.
const std::vector<Service>& catalog();

}  // namespace kiosk::services
