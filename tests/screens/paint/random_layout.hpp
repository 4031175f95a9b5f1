#pragma once
// Layouts without sense but with every mark, overlapping and reaching over each other's edges.

#include "screens/layout.hpp"
#include "screens/look.hpp"

namespace kiosk::testing {

/// Both draw from RapidCheck: only inside a property.
screens::Layout random_layout(const screens::Panel& panel);

/// A node added, taken away, changed, moved or put behind another one.
screens::Layout random_edit(screens::Layout layout, const screens::Panel& panel);

}  // namespace kiosk::testing
