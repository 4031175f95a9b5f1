#include "screens/citizen/consent.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const Consent& screen, const Look& look, const Draft& draft) {
  using enum Consent::Answer;
  Page page(Consent::name, look, draft);
  page.step(screen.step).title(say(look, Text::consent_title));
  page.facts("facts",
             {{say(look, Text::consent_why), say(look, Text::consent_why_text), "check_circle"},
              {say(look, Text::consent_what),
               say(look, screen.camera_works ? Text::consent_what_face : Text::consent_what_card), "card"},
              {say(look, Text::consent_kept), say(look, Text::consent_kept_text), "lock"}});
  if (screen.camera_works) {
    page.add(banner(look, page.width(), "free", Tone::calm, say(look, Text::consent_free)));
    page.answer({.id = "agree", .label = say(look, Text::consent_with_face), .act = choose(with_face)});
    page.answer({.id = "no_face",
                 .label = say(look, Text::consent_without_face),
                 .act = choose(without_face),
                 .kind = Button::Kind::outline});
  } else {
    page.answer({.id = "agree", .label = say(look, Text::consent_with_face), .act = choose(without_face)});
  }
  page.answer({.id = "decline",
               .label = say(look, Text::consent_decline),
               .act = choose(decline),
               .kind = Button::Kind::quiet});
  return page.done();
}

}  // namespace kiosk::screens
