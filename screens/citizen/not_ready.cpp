#include "screens/citizen/not_ready.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

Look in_the_other_language(Look look) {
  look.language = look.language == Language::en ? Language::zh_cn : Language::en;
  return look;
}

/// One line a language; empty when the table has no such text.
std::string in_both(const Look& look, const std::string& id) {
  const auto words = say(look, id);
  return words.empty() ? words : words + "\n" + say(in_the_other_language(look), id);
}

Tone tone_of(const std::string& stick) {
  if (stick.starts_with("refused")) return Tone::warning;
  return stick.empty() || stick == "reading" ? Tone::calm : Tone::good;
}

/// What the technicians are told about sticks; empty: none helps.
std::string stick_text(const NotReady& screen) {
  if (!screen.stick.empty()) return "not_ready.stick." + screen.stick;
  if (screen.trouble.empty()) return "not_ready.insert.settings";
  return screen.trouble == "foreign" ? "not_ready.insert.recovery" : "";
}

}  // namespace

Layout layout(const NotReady& screen, const Look& look, const Draft& draft) {
  const Look other = in_the_other_language(look);
  const auto title = screen.trouble.empty() ? Text::not_ready_title : Text::out_of_service_title;
  Page page(NotReady::name, look, draft);
  page.title(say(look, title)).lead(say(look, Text::not_ready_lead)).patience(Patience::attract);
  page.add(paragraph(look, page.width(), "other_language",
                     say(other, title) + "\n" + say(other, Text::not_ready_lead), Letter::secondary,
                     Colour::secondary));
  const auto tell = [&](const char* id, Tone tone, const std::string& text) {
    if (const auto words = in_both(look, text); !words.empty())
      page.add(banner(look, page.width(), id, tone, words));
  };
  tell("trouble", Tone::warning, "not_ready.trouble." + screen.trouble);
  tell("stick", tone_of(screen.stick), stick_text(screen));
  page.add(number_card(look, page.width(), "number", say(look, Text::not_ready_number), screen.machine));
  page.add(code_card(look, page.width(), "code", screen.machine, say(look, Text::not_ready_code),
                     say(look, Text::not_ready_code_too)));
  return page.done();
}

}  // namespace kiosk::screens
