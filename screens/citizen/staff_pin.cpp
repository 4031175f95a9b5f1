#include "screens/citizen/staff_pin.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const StaffPin& screen, const Look& look, const Draft& draft) {
  Page page(StaffPin::name, look, draft);
  page.title(say(look, Text::staff_pin_title))
      .lead(say(look, Text::staff_pin_lead, {{"n", std::to_string(screen.digits)}}));
  if (screen.wrong_before)
    page.add(banner(look, page.width(), "problem", Tone::warning, say(look, Text::staff_pin_wrong)));
  const std::string typed(draft.typed.reveal().size(), '*');
  const bool whole = std::ssize(typed) >= screen.digits;
  if (whole) page.answer({.id = "confirm", .label = say(look, Text::staff_pin_confirm), .act = Choose{}});
  page.add(field(look, page.width(), {.id = "pin", .label = {}, .typed = typed, .length = screen.digits}));
  page.add(key_pad(look, page.width(), page.room(), !whole));
  return page.done();
}

}  // namespace kiosk::screens
