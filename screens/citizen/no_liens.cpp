#include "screens/citizen/no_liens.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const NoLiens& screen, const Look& look, const Draft& draft) {
  using enum NoLiens::Answer;
  Page page(NoLiens::name, look, draft);
  page.step(2, 4).title(say(look, Text::no_liens_title)).lead(say(look, Text::no_liens_lead));
  page.add(bullets(look, page.width(), "why", say(look, Text::no_liens_why),
                   {say(look, Text::no_liens_why_done), say(look, Text::no_liens_why_name),
                    say(look, Text::no_liens_why_old)}));
  page.add(banner(look, page.width(), "todo", Tone::calm, say(look, Text::no_liens_todo)));
  page.picture("art_search");
  if (screen.can_search)
    page.answer({.id = "by_certificate",
                 .label = say(look, Text::no_liens_by_certificate),
                 .act = choose(by_certificate),
                 .icon = "number_pad"});
  page.answer({.id = "done",
               .label = say(look, Text::button_done),
               .act = choose(done),
               .kind = screen.can_search ? Button::Kind::outline : Button::Kind::primary});
  page.answer({.id = "call_staff",
               .label = say(look, Text::button_call_staff),
               .act = FrameAct::call_staff,
               .kind = Button::Kind::outline,
               .icon = "bell"});
  return page.done();
}

}  // namespace kiosk::screens
