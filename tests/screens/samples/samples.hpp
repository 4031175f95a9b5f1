#pragma once
// One value of every page, and more where a page has very different faces. Used by the contact sheet, the
// bench and the scorecard. Nobody in here exists.

#include <string>
#include <vector>

#include "screens/draft.hpp"
#include "screens/frame.hpp"
#include "screens/screen.hpp"

namespace kiosk::testing {

struct Sample {
  std::string name;  ///< "choose_lien", "choose_lien.many"
  screens::Screen screen;
  screens::Frame frame;
  screens::Draft draft = {};
};

/// All of them, in the order in which a person meets them.
std::vector<Sample> samples();

/// The page with its frame.
screens::Layout lay_out(const Sample& sample, const screens::Look& look);

}  // namespace kiosk::testing
