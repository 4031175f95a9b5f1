#include "screens/citizen/out_of_service.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const OutOfService& screen, const Look& look, const Draft& draft) {
  Page page(OutOfService::name, look, draft);
  page.result("pause", Tone::calm, say(look, Text::out_of_service_title),
              say(look, screen.planned ? Text::out_of_service_planned : Text::out_of_service_unplanned));
  page.patience(Patience::attract);
  std::vector<Fact> lines;
  const auto tell = [&](Text label, const std::string& value, const char* icon) {
    if (!value.empty()) lines.push_back({say(look, label), value, icon});
  };
  tell(Text::out_of_service_back_at, screen.back_at, "clock");
  tell(Text::out_of_service_elsewhere, screen.elsewhere, "location");
  tell(Text::out_of_service_phone, screen.phone, "phone");
  if (!lines.empty()) page.facts("elsewhere", lines);
  page.add(banner(look, page.width(), "safe", Tone::calm, say(look, Text::out_of_service_safe)));
  page.picture("art_pause");
  return page.done();
}

}  // namespace kiosk::screens
