#include "screens/citizen/other_owners.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

Text word_of(OtherOwners::Owner::State state) {
  switch (state) {
    using enum OtherOwners::Owner::State;
    case waiting:
      break;
    case confirmed:
      return Text::other_owners_confirmed;
    case agreed:
      return Text::other_owners_agreed;
  }
  return Text::other_owners_waiting;
}

}  // namespace

Layout layout(const OtherOwners& screen, const Look& look, const Draft& draft) {
  using enum OtherOwners::Answer;
  Page page(OtherOwners::name, look, draft);
  page.step(3, 4).title(say(look, Text::other_owners_title)).lead(say(look, Text::other_owners_lead));
  std::vector<Fact> lines;
  for (const auto& owner : screen.owners) {
    const bool waiting = owner.state == OtherOwners::Owner::State::waiting;
    lines.push_back(
        {say(look, word_of(owner.state)), owner.masked_name.reveal(), waiting ? "person" : "check_circle"});
  }
  page.facts("owners", lines, true);
  page.add(banner(look, page.width(), "safe", Tone::calm, say(look, Text::other_owners_safe)));
  page.picture("art_people");
  page.answer({.id = "here_now", .label = say(look, Text::other_owners_here_now), .act = choose(here_now)});
  const Button to_window{.id = "window",
                         .label = say(look, Text::other_owners_window),
                         .act = choose(window),
                         .kind = Button::Kind::outline};
  if (screen.can_invite)
    page.answer_pair({.id = "invite",
                      .label = say(look, Text::other_owners_invite),
                      .act = choose(invite),
                      .kind = Button::Kind::outline},
                     to_window);
  else
    page.answer(to_window);
  return page.done();
}

}  // namespace kiosk::screens
