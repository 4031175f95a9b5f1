#include "screens/citizen/other_owners.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const OtherOwners& screen, const Look& look, const Draft& draft) {
  using enum OtherOwners::Answer;
  Page page(OtherOwners::name, look, draft);
  page.step(3, 4).title(say(look, Text::other_owners_title)).lead(say(look, Text::other_owners_lead));
  std::vector<Fact> lines;
  for (const auto& owner : screen.owners) {
    lines.push_back({say(look, owner.confirmed ? Text::other_owners_confirmed : Text::other_owners_waiting),
                     owner.masked_name.reveal(), owner.confirmed ? "check_circle" : "person"});
  }
  page.facts("owners", lines, true);
  page.add(banner(look, page.width(), "safe", Tone::calm, say(look, Text::other_owners_safe)));
  page.picture("art_people");
  page.answer({.id = "here_now", .label = say(look, Text::other_owners_here_now), .act = choose(here_now)});
  page.answer({.id = "not_here",
               .label = say(look, Text::other_owners_not_here),
               .act = choose(not_here),
               .kind = Button::Kind::outline});
  return page.done();
}

}  // namespace kiosk::screens
