#include "screens/citizen/enter_number.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const EnterNumber& screen, const Look& look, const Draft& draft) {
  Page page(EnterNumber::name, look, draft);
  page.title(say(look, Text::enter_number_title));
  page.lead(say(look, Text::enter_number_lead, {{"n", std::to_string(screen.digits)}}));
  if (screen.wait_s > 0)
    page.add(banner(look, page.width(), "problem", Tone::warning,
                    say(look, Text::enter_number_wait, {{"n", std::to_string(screen.wait_s)}})));
  else if (!screen.not_found.empty())
    page.add(banner(look, page.width(), "problem", Tone::warning,
                    say(look, Text::enter_number_not_found, {{"n", in_fours(screen.not_found)}})));
  const std::string& typed = draft.typed.reveal();
  page.add(field(look, page.width(),
                 {.id = "number",
                  .label = say(look, Text::enter_number_field),
                  .given = screen.prefix,
                  .typed = typed,
                  .length = screen.digits}));
  const bool whole = std::ssize(screen.prefix) + std::ssize(typed) >= screen.digits;
  if (screen.wait_s == 0 && whole)
    page.answer({.id = "search", .label = say(look, Text::enter_number_search), .act = Choose{}});
  page.add(key_pad(look, page.width(), page.room(), screen.wait_s == 0 && !whole));
  return page.done();
}

}  // namespace kiosk::screens
