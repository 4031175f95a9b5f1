#include "screens/citizen/other_ways.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

Text lead_of(OtherWays::Why why) {
  switch (why) {
    using enum OtherWays::Why;
    case chosen:
      break;
    case face_failed:
      return Text::other_ways_face_failed;
    case camera_down:
      return Text::other_ways_camera_down;
    case registry_silent:
      return Text::other_ways_registry_silent;
  }
  return Text::other_ways_chosen;
}

}  // namespace

Layout layout(const OtherWays& screen, const Look& look, const Draft& draft) {
  using enum OtherWays::Answer;
  Page page(OtherWays::name, look, draft);
  page.step(screen.step).title(say(look, Text::other_ways_title)).lead(say(look, lead_of(screen.why)));
  std::vector<Block> ways;
  const auto offer = [&](OtherWays::Answer answer, const char* id, const char* icon, Text title, Text hint) {
    ways.push_back(tile(
        look, page.width(), look.dots(40),
        {.id = id, .icon = icon, .title = say(look, title), .hint = say(look, hint), .act = choose(answer)},
        true));
  };
  if (screen.staff_possible)
    offer(staff, "staff", "staff_badge", Text::other_ways_staff, Text::other_ways_staff_hint);
  if (screen.face_possible) offer(face, "face", "face", Text::other_ways_face, Text::other_ways_face_hint);
  offer(window, "window", "window_desk", Text::other_ways_window, Text::other_ways_window_hint);
  page.rows(std::move(ways), 3);
  page.picture("art_help");
  return page.done();
}

}  // namespace kiosk::screens
