#pragma once
// Which parts of the glass two layouts differ in. Private to screens/paint.

#include <optional>
#include <vector>

#include "screens/layout.hpp"

namespace kiosk::paint {

/// Everything a node of either layout that is not painted alike in both may colour, as rectangles without
/// overlaps. Nothing when the nodes are too different to tell: then repaint all.
std::optional<std::vector<screens::Rect>> changes(const screens::Layout& before,
                                                  const screens::Layout& after);

/// Overwrites the words of a layout (a page may show a citizen's name).
void wipe(screens::Layout& layout);

}  // namespace kiosk::paint
