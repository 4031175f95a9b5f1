#pragma once
// The pages of a mortgage that is looked at: which one, and why it cannot be cancelled here and now.

#include <optional>

#include "firmware/services/service.hpp"
#include "screens/citizen/lien_blocked.hpp"

namespace kiosk::services {

/// Asks which mortgage; also when there is only one, for it must be the right one. `cancelled`.
Result<hal::Mortgage> choose_lien(Session& s, const std::vector<hal::Mortgage>& liens);

/// What the registry says stands in the way, worst first; nullopt: nothing but perhaps the release.
std::optional<screens::LienBlocked> obstacle_of(const hal::Mortgage& lien);

// Pages, not errors: each says what it is, what to do and where. All end the service as `explained`.
Result<Outcome> explained(Session& s);  ///< the pages before have said it all
Result<Outcome> explain_obstacle(Session& s, const screens::LienBlocked& obstacle);
Result<Outcome> explain_missing_release(Session& s, const hal::Mortgage& lien);

}  // namespace kiosk::services
