#include "screens/citizen/scan_slip.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const ScanSlip& screen, const Look& look, const Draft& draft) {
  Page page(ScanSlip::name, look, draft);
  page.title(say(look, Text::scan_slip_title)).lead(say(look, Text::scan_slip_how));
  if (screen.unreadable_before)
    page.add(banner(look, page.width(), "problem", Tone::warning, say(look, Text::scan_slip_unreadable)));
  page.picture("art_scan", say(look, Text::scan_slip_picture));
  page.answer({.id = "by_number",
               .label = say(look, Text::scan_slip_by_number),
               .act = choose(ScanSlip::Answer::by_number),
               .kind = Button::Kind::outline});
  return page.done();
}

}  // namespace kiosk::screens
