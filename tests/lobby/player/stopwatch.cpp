#include "tests/lobby/player/stopwatch.hpp"

#include <algorithm>
#include <cmath>

namespace kiosk::lobby {

void Stopwatch::saw(const ShownPage& page) {
  const std::lock_guard lock(mutex_);
  sights_.push_back({page.name, page.told_at});
}

void Stopwatch::acted(const std::string& what) {
  const std::lock_guard lock(mutex_);
  act_ = what;
  since_ = Steady::now();
}

void Stopwatch::asked(const std::string& page) {
  const std::lock_guard lock(mutex_);
  const auto sight = std::ranges::find_if(
      sights_, [&](const Sight& seen) { return seen.page == page && seen.at >= since_; });
  if (sight != sights_.end()) {
    const std::chrono::duration<double, std::milli> took = sight->at - since_;
    steps_.push_back({act_, page, std::round(took.count() * 10) / 10});
    since_ = sight->at;
    sights_.erase(sights_.begin(), sight + 1);
  }
  act_ = page;
}

nlohmann::json Stopwatch::report() const {
  const std::lock_guard lock(mutex_);
  auto steps = nlohmann::json::array();
  double total = 0;
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    steps.push_back({{"act", steps_[i].act}, {"page", steps_[i].page}, {"ms", steps_[i].ms}});
    if (i > 0) total += steps_[i].ms;  // the first one is the kiosk's own start
  }
  return {{"total_ms", std::round(total * 10) / 10}, {"steps", steps}};
}

}  // namespace kiosk::lobby
