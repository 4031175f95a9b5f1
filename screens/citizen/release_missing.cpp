#include "screens/citizen/release_missing.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const ReleaseMissing& screen, const Look& look, const Draft& draft) {
  using enum ReleaseMissing::Answer;
  Page page(ReleaseMissing::name, look, draft);
  page.step(2, 4).title(say(look, Text::release_missing_title)).lead(say(look, Text::release_missing_what));
  std::vector<Fact> bank{{say(look, Text::release_missing_lender), screen.lender, "bank"}};
  if (!screen.lender_phone.empty())
    bank.push_back({say(look, Text::release_missing_phone), screen.lender_phone, "phone"});
  page.facts("bank", bank);
  page.add(bullets(look, page.width(), "next", say(look, Text::decided_next),
                   {say(look, Text::release_missing_todo), say(look, Text::release_missing_safe)}));
  page.picture("art_bank");
  if (screen.can_print)
    page.answer({.id = "print",
                 .label = say(look, Text::release_missing_print),
                 .act = choose(print_materials),
                 .icon = "printer"});
  page.answer({.id = "done",
               .label = say(look, Text::button_done),
               .act = choose(done),
               .kind = screen.can_print ? Button::Kind::outline : Button::Kind::primary});
  return page.done();
}

}  // namespace kiosk::screens
