#include "screens/citizen/working.hpp"

#include <algorithm>

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

Text words_of(Working::What what) {
  switch (what) {
    using enum Working::What;
    case asking_registry:
      return Text::working_asking_registry;
    case verifying_face:
      return Text::working_verifying_face;
    case verifying_staff:
      return Text::working_verifying_staff;
    case submitting:
      return Text::working_submitting;
    case asking_outcome:
      return Text::working_asking_outcome;
    case printing_slip:
      return Text::working_printing_slip;
    case printing_pages:
      return Text::working_printing_pages;
    case ending:
      return Text::working_ending;
    case starting:
      break;
  }
  return Text::working_starting;
}

const char* icon_of(Working::What what) {
  switch (what) {
    using enum Working::What;
    case verifying_face:
      return "face";
    case verifying_staff:
      return "staff_badge";
    case submitting:
    case asking_outcome:
      return "page";
    case printing_slip:
      return "slip";
    case printing_pages:
      return "printer";
    case asking_registry:
    case starting:
    case ending:
      break;
  }
  return "building";
}

/// A ring with the thing the machine is busy with inside.
Block ring(const Working& screen, const Look& look, int width, int height) {
  const int side = std::min(look.dots(80), height);
  const Rect round{(width - side) / 2, (height - side) / 2, side, side};
  const double part = screen.of > 0 ? static_cast<double>(screen.done) / screen.of : -0.25;
  Node node{.id = "ring",
            .role = Role::progress,
            .rect = {0, 0, width, height},
            .marks = {Ring{.rect = round, .part = part},
                      icon_in(round, icon_of(screen.what), side * 2 / 5, Colour::primary)},
            .label = say(look, words_of(screen.what)),
            .speech = say(look, words_of(screen.what))};
  return {.height = node.rect.height, .nodes = {std::move(node)}};
}

}  // namespace

Layout layout(const Working& screen, const Look& look, const Draft& draft) {
  Page page(Working::name, look, draft);
  page.title(say(look, words_of(screen.what))).patience(Patience::working);
  const bool once = screen.what == Working::What::submitting || screen.what == Working::What::asking_outcome;
  page.lead(say(look, screen.what == Working::What::ending ? Text::working_wiping
                      : once                               ? Text::working_once
                                                           : Text::working_calm));
  if (screen.retry_in_s > 0)
    page.add(banner(look, page.width(), "retry", Tone::warning,
                    say(look, Text::working_retry, {{"n", std::to_string(screen.retry_in_s)}})));
  if (screen.of > 0)
    page.add(paragraph(look, page.width(), "pages",
                       say(look, Text::working_pages,
                           {{"n", std::to_string(screen.done)}, {"of", std::to_string(screen.of)}})));
  page.add(ring(screen, look, page.width(), std::clamp(page.reading_room(), look.dots(40), look.dots(190))));
  return page.done();
}

}  // namespace kiosk::screens
