#pragma once
// The mortgages of a person: by who they are, else by the number of a certificate they hold.

#include <vector>

#include "firmware/services/service.hpp"

namespace kiosk::services {

/// Empty: the register shows none, and the person has seen what that can mean. `cancelled`, `storage`.
Result<std::vector<hal::Mortgage>> find_liens(Session& s, const hal::Applicant& person);

}  // namespace kiosk::services
