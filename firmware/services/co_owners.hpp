#pragma once
// The owners who must ask as well: here with card and face, invited by message, or at a window (UX S-C4).

#include <optional>

#include "firmware/services/lien_form.hpp"
#include "firmware/services/service.hpp"

namespace kiosk::services {

/// Gathers them one after the other; who has agreed with the registry need not come. nullopt: somebody is not
/// here, and the person has been told how it goes on. `went_back`, `cancelled`, `storage`.
Result<std::optional<Applicants>> gather_owners(Session& s, const hal::Applicant& person,
                                                const hal::Mortgage& lien);

}  // namespace kiosk::services
