#include "screens/citizen/problem.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

/// The stem of the kind's sentences.
std::string stem(Problem::Kind kind) {
  constexpr const char* kStems[] = {"card_reader",   "registry",         "camera",       "slip_printer",
                                    "scanner",       "storage",          "expired_card", "too_young",
                                    "no_card",       "same_person",      "other_person", "not_taken",
                                    "under_way",     "unsupported_card", "staff_locked", "declined",
                                    "registry_busy", "asked_too_often",  "internal",     "session_lost"};
  static_assert(std::size(kStems) == static_cast<std::size_t>(Problem::Kind::session_lost) + 1);
  return std::string("problem.") + kStems[static_cast<int>(kind)];
}

const char* icon_of(Problem::Kind kind) {
  switch (kind) {
    using enum Problem::Kind;
    case registry:
      return "network_off";
    case card_reader:
    case expired_card:
    case unsupported_card:
    case no_card:
    case same_person:
      return "card";
    case camera:
      return "camera";
    case slip_printer:
      return "printer";
    case scanner:
      return "scan";
    case registry_busy:
    case asked_too_often:
      return "clock";
    case too_young:
    case other_person:
      return "people";
    case staff_locked:
      return "lock";
    case not_taken:
    case under_way:
    case declined:
    case storage:
    case internal:
    case session_lost:
      break;
  }
  return "info";
}

}  // namespace

Layout layout(const Problem& screen, const Look& look, const Draft& draft) {
  using enum Problem::Answer;
  Page page(Problem::name, look, draft);
  const std::string words = stem(screen.kind);
  page.result(icon_of(screen.kind), Tone::warning, say(look, words, "title"), say(look, words, "what"));
  page.facts("what_now", {{say(look, Text::problem_todo), say(look, words, "todo"), "forward"},
                          {say(look, Text::problem_safe), say(look, words, "safe"), "lock"}});
  if (!screen.incident.empty())
    page.add(paragraph(look, page.width(), "incident",
                       say(look, Text::problem_incident, {{"n", screen.incident}}), Letter::fine,
                       Colour::secondary));
  page.picture("art_pause");
  if (screen.can_retry)
    page.answer(
        {.id = "retry", .label = say(look, Text::button_retry), .act = choose(retry), .icon = "retry"});
  else
    page.answer({.id = "done", .label = say(look, Text::button_done), .act = choose(done)});
  Button call{.id = "call_staff",
              .label = say(look, Text::button_call_staff),
              .act = FrameAct::call_staff,
              .kind = Button::Kind::outline,
              .icon = "bell"};
  Button end{.id = "done",
             .label = say(look, Text::button_done),
             .act = choose(done),
             .kind = Button::Kind::outline};
  if (screen.can_retry)
    page.answer_pair(std::move(call), std::move(end));
  else
    page.answer(std::move(call));
  return page.done();
}

}  // namespace kiosk::screens
