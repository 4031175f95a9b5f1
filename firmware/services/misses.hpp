#pragma once
// Guessing numbers must be slow (UX (e) 2): every fifth one of a session that is not found costs a minute.

#include "firmware/services/service.hpp"

namespace kiosk::services {

/// Lives as long as the session: who goes back and comes again has not begun anew.
class Misses {
 public:
  /// One more: after a fifth the page counts the pause down (`wait_s`). `cancelled`.
  template <class Page>
  Result<void> add(Session& s, Page& page) {
    if (++count_ % before_pause != 0) return {};
    for (auto left = pause; left.count() > 0; --left) {
      page.wait_s = static_cast<int>(left.count());
      s.ui.show(page);
      TRY(s.wait.sleep(std::chrono::seconds(1)));
    }
    page.wait_s = 0;
    return {};
  }

 private:
  static constexpr int before_pause = 5;
  static constexpr std::chrono::seconds pause{60};
  int count_ = 0;
};

}  // namespace kiosk::services
