#pragma once
// Digits: the field that shows them and the keys that type them.

#include "screens/widgets/button.hpp"

namespace kiosk::screens {

/// What was typed so far, in fours, with places for the rest. An asterisk is shown as a dot.
struct Field {
  std::string id;
  std::string label;
  std::string given;  ///< before the typed part, not erasable
  std::string typed;
  int length = 0;         ///< of given and typed together
  bool current = true;    ///< false: what is typed next goes elsewhere
  bool personal = false;  ///< what is typed is a citizen's data
};
Block field(const Look& look, int width, const Field& field);

/// 1-9, clear, 0, delete: keys of at least 20 mm. When not `open` the digits type nothing.
Block key_pad(const Look& look, int width, int height, bool open);

}  // namespace kiosk::screens
