#include "screens/citizen/lien_blocked.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

using Why = LienBlocked::Why;

struct Words {
  Text what, todo;
};

Words words_of(Why why) {
  switch (why) {
    case Why::seizure:
      return {Text::lien_blocked_seizure, Text::lien_blocked_todo};
    case Why::objection:
      return {Text::lien_blocked_objection, Text::lien_blocked_todo};
    case Why::right_of_residence:
      return {Text::lien_blocked_right_of_residence, Text::lien_blocked_todo_window};
    case Why::advance_notice:
      return {Text::lien_blocked_advance_notice, Text::lien_blocked_todo_window};
    case Why::ban:
      return {Text::lien_blocked_ban, Text::lien_blocked_todo};
    case Why::maximum_amount:
      return {Text::lien_blocked_maximum_amount, Text::lien_blocked_todo_window};
    case Why::under_way:
      return {Text::lien_blocked_under_way, Text::lien_blocked_todo_wait};
    case Why::other:
      break;
  }
  return {Text::lien_blocked_other, Text::lien_blocked_todo_window};
}

}  // namespace

Layout layout(const LienBlocked& screen, const Look& look, const Draft& draft) {
  using enum LienBlocked::Answer;
  Page page(LienBlocked::name, look, draft);
  const Words words = words_of(screen.why);
  page.step(2, 4).title(say(look, Text::lien_blocked_title));
  page.add(banner(look, page.width(), "what", Tone::warning, say(look, words.what)));
  std::vector<Fact> lines;
  const auto tell = [&](Text label, const std::string& value, const char* icon) {
    if (!value.empty()) lines.push_back({say(look, label), value, icon});
  };
  tell(Text::lien_blocked_authority, screen.authority, "court");
  tell(Text::lien_blocked_document, screen.document, "page");
  tell(Text::lien_blocked_since, screen.since, "calendar");
  tell(Text::lien_blocked_acceptance_number, in_fours(screen.acceptance_number), "slip");
  if (!lines.empty()) page.facts("restriction", lines);
  page.add(bullets(look, page.width(), "next", say(look, Text::decided_next),
                   {say(look, words.todo), say(look, Text::lien_blocked_safe)}));
  page.picture("art_curtain");
  page.answer({.id = "done", .label = say(look, Text::button_done), .act = choose(done)});
  page.answer({.id = "call_staff",
               .label = say(look, Text::button_call_staff),
               .act = FrameAct::call_staff,
               .kind = Button::Kind::outline,
               .icon = "bell"});
  return page.done();
}

}  // namespace kiosk::screens
