#include "screens/citizen/curtain.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const Curtain&, const Look& look, const Draft& draft) {
  Page page(Curtain::name, look, draft);
  page.title(say(look, Text::curtain_title)).lead(say(look, Text::curtain_lead));
  page.picture("art_curtain");
  page.answer({.id = "uncover", .label = say(look, Text::curtain_uncover), .act = FrameAct::uncover});
  return page.done();
}

}  // namespace kiosk::screens
