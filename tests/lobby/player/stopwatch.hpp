#pragma once
// How long the machine takes from what a person did to the next page that asks them something.

#include <mutex>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/lobby/glass/glass_view.hpp"

namespace kiosk::lobby {

/// Pages are told as they come, on any thread; acts and the pages that ask by who plays. Time on a page that
/// asks is a person's, until they act. Where nobody needs to act (the camera looks, a card was lifted before)
/// the machine's time runs from the page itself.
class Stopwatch {
 public:
  void saw(const ShownPage& page);
  void acted(const std::string& what);

  /// The kiosk asks with this page, and the player has seen it.
  void asked(const std::string& page);

  /// {"total_ms", "steps": [{"act", "page", "ms"}]}
  nlohmann::json report() const;

 private:
  struct Sight {
    std::string page;
    Steady::time_point at;
  };
  struct Step {
    std::string act, page;
    double ms = 0;
  };

  mutable std::mutex mutex_;
  std::vector<Sight> sights_;
  std::vector<Step> steps_;
  std::string act_ = "start";
  Steady::time_point since_ = Steady::now();
};

}  // namespace kiosk::lobby
