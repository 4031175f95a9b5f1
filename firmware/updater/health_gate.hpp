#pragma once
// Whether a new system is well. Pure: what was before the update and what is now.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "hal/citizens_side.hpp"

namespace kiosk::updater {

/// So long after the machine's start a new system must be well.
inline constexpr std::chrono::minutes gate_limit{10};

/// So long the program on the glass must have run: one that crashes again and again is well for a moment,
/// too.
inline constexpr std::chrono::minutes gate_steady{3};

/// The one complaint that may be nobody's fault here: the registry can be down for every system.
inline constexpr std::string_view registry_lost = "the registry was reached before and is not now";

/// Empty when all is well; else everything that is not, for people: "no picture was drawn; printer is gone".
/// What was broken before vetoes nothing: a device counts if it worked before, the registry if it was
/// reached, and records that were set aside stay so until a technician takes them away. `before`: nothing if
/// the citizens' side did not answer then, so that a new system may mend that. `now`: nothing if it does not
/// answer.
std::string complaints(const std::optional<hal::Vitals>& before, const std::optional<hal::Vitals>& now);

}  // namespace kiosk::updater
