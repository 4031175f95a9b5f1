#include "screens/citizen/help.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const Help& screen, const Look& look, const Draft& draft) {
  using enum Help::Call;
  Page page(Help::name, look, draft);
  const std::string own = say(look, "help", screen.about);
  page.title(say(look, Text::help_title));
  page.lead(own.empty() ? say(look, Text::help_general) : own);
  std::vector<Fact> ways;
  if (!screen.phone.empty()) ways.push_back({say(look, Text::help_phone), screen.phone, "phone"});
  switch (screen.call) {
    case calling:
      page.add(banner(look, page.width(), "call", Tone::calm, say(look, Text::help_calling)));
      break;
    case called:
      page.add(banner(look, page.width(), "call", Tone::good,
                      joined(look, {say(look, Text::help_called),
                                    say(look, Text::help_call_number, {{"n", screen.call_number}})})));
      page.patience(Patience::staff);
      break;
    case failed:
      page.add(banner(look, page.width(), "call", Tone::warning, say(look, Text::help_failed)));
      break;
    case none:
      break;
  }
  if (!ways.empty()) page.facts("phone", ways);
  page.picture("art_help");
  page.answer({.id = "close", .label = say(look, Text::help_close), .act = FrameAct::close_panel});
  if (screen.call == none || screen.call == failed)
    page.answer({.id = "call_staff",
                 .label = say(look, Text::button_call_staff),
                 .act = FrameAct::call_staff,
                 .kind = Button::Kind::outline,
                 .icon = "bell"});
  if (screen.call == called)
    page.answer({.id = "cancel_call",
                 .label = say(look, Text::help_cancel_call),
                 .act = FrameAct::cancel_call,
                 .kind = Button::Kind::outline});
  return page.done();
}

}  // namespace kiosk::screens
