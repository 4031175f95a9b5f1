#include "screens/citizen/did_it_print.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const DidItPrint& screen, const Look& look, const Draft& draft) {
  using enum DidItPrint::Answer;
  Page page(DidItPrint::name, look, draft);
  page.title(say(look, screen.slip ? Text::did_it_print_title : Text::did_it_print_title_pages));
  page.lead(say(look, Text::did_it_print_lead));
  page.picture("art_slip");
  page.answer({.id = "complete", .label = say(look, Text::did_it_print_complete), .act = choose(complete)});
  if (screen.can_reprint)
    page.answer({.id = "reprint",
                 .label = say(look, Text::did_it_print_reprint),
                 .act = choose(reprint),
                 .kind = Button::Kind::outline,
                 .icon = "printer"});
  page.answer({.id = "show_on_screen",
               .label = say(look, Text::did_it_print_show_on_screen),
               .act = choose(show_on_screen),
               .kind = Button::Kind::outline});
  return page.done();
}

}  // namespace kiosk::screens
