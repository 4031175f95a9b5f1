#include "firmware/services/begin.hpp"

#include "screens/citizen/before_you_start.hpp"

namespace kiosk::services {

Result<void> before_you_start(Session& s) {
  const auto promised = s.office.promised.find(s.service);
  const screens::BeforeYouStart page{.service = s.service,
                                     .promised = promised == s.office.promised.end() ? "" : promised->second};
  const auto answer = s.ui.ask(page, s.wait);
  if (!answer && answer.error().code == Errc::went_back) return fail(Errc::cancelled, "back to the menu");
  if (TRY(answer) == screens::BeforeYouStart::Answer::window)
    return fail(Errc::cancelled, "goes to a window");
  return {};
}

}  // namespace kiosk::services
