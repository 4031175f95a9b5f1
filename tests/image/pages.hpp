#pragma once
// What the shell lays out, painted on this machine: what the booted one must show.

#include <string>

#include "firmware/app/configuration.hpp"
#include "screens/citizen/not_ready.hpp"
#include "screens/citizen/service_tile.hpp"
#include "tests/image/machine.hpp"

namespace kiosk::image {

/// Attract, with every service in that condition and this time on its clock.
Result<Picture> attract(const app::Configuration& configuration, screens::Closed services,
                        const std::string& clock);

/// The menu that a finger on attract leads to.
Result<Picture> home(const app::Configuration& configuration, screens::Closed services,
                     const std::string& clock);

/// Closed by plan, back at that time.
Result<Picture> back_soon(const app::Configuration& configuration, const std::string& back_at,
                          const std::string& clock);

/// Nothing is served, which somebody of the hall must mend.
Result<Picture> closed(const app::Configuration& configuration, const std::string& clock);

/// It serves nobody yet, or cannot begin to.
Result<Picture> not_ready(const screens::NotReady& how);

}  // namespace kiosk::image
