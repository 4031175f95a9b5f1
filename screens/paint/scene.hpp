#pragma once
// A layout as it is to be seen, and painting any part of it. Private to screens/paint.

#include <string>

#include "screens/paint/brush.hpp"

namespace kiosk::paint {

/// Dots outside `node.rect` included that the node may colour: shadows, and the ring when it has the focus.
screens::Rect reach(const screens::Node& node, bool focused);

/// Paints what of the layout lies in `part` (whole dots). The brush's context needs no clip.
void paint_layout(const Brush& brush, const screens::Layout& layout, const screens::Rect& part,
                  const std::string& focused, const std::string& pressed);

}  // namespace kiosk::paint
