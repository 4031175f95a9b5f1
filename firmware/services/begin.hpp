#pragma once
// The page before every service: what it needs, takes and costs.

#include "firmware/services/service.hpp"

namespace kiosk::services {

/// Success: the person wants to begin. `cancelled`: went back home, or to a window.
Result<void> before_you_start(Session& s);

}  // namespace kiosk::services
