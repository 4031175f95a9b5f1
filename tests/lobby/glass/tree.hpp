#pragma once
// A page as text: what stands on it, where, and what it does, for those who look without eyes.

#include <string>

#include "screens/layout.hpp"

namespace kiosk::lobby {

/// Appends one line of JSON:
/// {"name","title","patience","step":[n,of]|null,
///  "nodes":[{"id","role","rect":[x,y,w,h],"label","speech","act","on":true|false|null,"personal"}]}
/// `act` names the kind of what a touch does ("choose", "type", "back", ...), "" for nothing. It is written
/// straight into `out`, whose owner wipes it: a page holds personal data.
void append_tree(std::string& out, const screens::Layout& page);

}  // namespace kiosk::lobby
