#include "screens/citizen/outcome_unknown.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const OutcomeUnknown& screen, const Look& look, const Draft& draft) {
  using enum OutcomeUnknown::Answer;
  Page page(OutcomeUnknown::name, look, draft);
  page.result("clock", Tone::calm, say(look, Text::outcome_unknown_title),
              say(look, Text::outcome_unknown_what));
  page.add(number_card(look, page.width(), "reference", say(look, Text::outcome_unknown_reference),
                       screen.reference));
  std::vector<std::string> next{say(look, Text::outcome_unknown_safe), say(look, Text::outcome_unknown_todo)};
  if (screen.slip_printed) next.push_back(say(look, Text::outcome_unknown_slip));
  page.list("next", say(look, Text::decided_next), next);
  page.answer({.id = "done", .label = say(look, Text::button_done), .act = choose(done)});
  page.answer({.id = "call_staff",
               .label = say(look, Text::button_call_staff),
               .act = FrameAct::call_staff,
               .kind = Button::Kind::outline,
               .icon = "bell"});
  return page.done();
}

}  // namespace kiosk::screens
