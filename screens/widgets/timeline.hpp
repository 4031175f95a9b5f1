#pragma once
// How far a case is: one stage under the other, told by sign and word as well as by colour.

#include "screens/widgets/text.hpp"
#include "screens/widgets/words.hpp"

namespace kiosk::screens {

struct Stage {
  std::string name;
  std::string date;
  bool done = false, current = false;
};

Block timeline(const Look& look, int width, std::string id, const std::vector<Stage>& stages);

}  // namespace kiosk::screens
