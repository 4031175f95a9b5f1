#pragma once
// A laid-out page as JSON: for scorecards and for people who write other checks.

#include <string>

#include "screens/layout.hpp"
#include "screens/look.hpp"

namespace kiosk::testing {

/// Screen, language, size, theme, panel; and of each node id, role, rectangle, label, speech, act and state.
std::string tree(const screens::Layout& layout, const screens::Look& look);

}  // namespace kiosk::testing
