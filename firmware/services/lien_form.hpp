#pragma once
// The application for a cancellation: what it says, whether it is right, and everybody's signature under
// exactly that.

#include <optional>
#include <utility>
#include <vector>

#include "firmware/services/service.hpp"

namespace kiosk::services {

/// The people who ask together, each identified here.
struct Applicants {
  hal::Applicant first;
  std::vector<std::pair<std::string, hal::Applicant>> others;  ///< hal::Party::id and who stood here for it
};

/// What the check page lets people change. All else on it is the register's.
struct Changeable {
  bool lien = false;    ///< there are other mortgages to choose from
  bool owners = false;  ///< others stand here and ask too
};

/// Check answers, the point of no return, and everybody's signature; back leads from each to the one before.
/// An application that was not signed is forgotten: the next one has a key, a form and a digest of its own.
/// nullopt: other people are to ask. `went_back`: to the mortgages. `cancelled`, `storage`.
Result<std::optional<hal::Application>> sign_application(Session& s, const hal::Mortgage& lien,
                                                         const Applicants& people,
                                                         const Changeable& changeable);

}  // namespace kiosk::services
