#include "screens/citizen/leave.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const Leave& screen, const Look& look, const Draft& draft) {
  Page page(Leave::name, look, draft);
  page.title(say(look, Text::leave_title))
      .lead(say(look, screen.submitted ? Text::leave_submitted : Text::leave_lost));
  page.picture("art_door");
  page.answer({.id = "stay", .label = say(look, Text::leave_stay), .act = FrameAct::stay});
  page.answer({.id = "leave",
               .label = say(look, Text::leave_leave),
               .act = FrameAct::leave,
               .kind = Button::Kind::outline,
               .icon = "leave"});
  return page.done();
}

}  // namespace kiosk::screens
