#pragma once
// Applicants and applications as a session would make them, for tests of the registry and of what stands on
// it.

#include <string>

#include "hal/registry.hpp"

namespace kiosk::testing {

/// The person's card, face-checked by this registry with `portrait`. A failed check is a test failure.
hal::Applicant checked(hal::Registry& registry, const std::string& person_id, const PersonalBytes& portrait);

/// The card alone.
hal::Applicant with_card(const std::string& person_id);

/// A complete application to cancel the mortgage: a small PDF, signed by the applicant and by each of
/// `others`.
hal::Application cancellation(const hal::Mortgage& mortgage, const hal::Applicant& applicant,
                              const std::vector<std::pair<std::string, hal::Applicant>>& others = {});

}  // namespace kiosk::testing
