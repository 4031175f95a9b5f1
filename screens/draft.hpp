#pragma once
// What the person has done on the page in front of them and not yet confirmed.

#include <set>
#include <vector>

#include "hal/base/personal.hpp"
#include "hal/base/stroke.hpp"

namespace kiosk::screens {

struct Draft {
  int page = 0;        ///< of a list in pages, from 0
  PersonalText typed;  ///< on the page's keys
  std::set<int> ticked;
  std::vector<Stroke> strokes;
  bool operator==(const Draft&) const = default;
};

}  // namespace kiosk::screens
