#include "screens/citizen/enter_certificate.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

/// The year comes first, then the number: one row of keys types both.
struct Typed {
  std::string year, number;
};

Typed typed_in(const Draft& draft) {
  const auto& all = draft.typed.reveal();
  const auto year = all.substr(0, EnterCertificate::year_digits);
  return {year, all.substr(year.size())};
}

int value_of(const std::string& digits) {
  int value = 0;
  for (const char c : digits.substr(0, EnterCertificate::number_digits)) {
    if (c >= '0' && c <= '9') value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

EnterCertificate::Answer EnterCertificate::answer(const Choose&, const Draft& draft) {
  const auto typed = typed_in(draft);
  return {.year = value_of(typed.year), .number = value_of(typed.number)};
}

Layout layout(const EnterCertificate& screen, const Look& look, const Draft& draft) {
  Page page(EnterCertificate::name, look, draft);
  page.step(2, 4).title(say(look, Text::enter_certificate_title));
  if (screen.wait_s > 0)
    page.add(banner(look, page.width(), "problem", Tone::warning,
                    say(look, Text::enter_certificate_wait, {{"n", std::to_string(screen.wait_s)}})));
  else if (!screen.not_found.empty())
    page.add(banner(look, page.width(), "problem", Tone::warning,
                    say(look, Text::enter_certificate_not_found, {{"n", screen.not_found.reveal()}}), true));
  else
    page.lead(say(look, Text::enter_certificate_lead));
  const auto typed = typed_in(draft);
  page.add(field(look, page.width(),
                 {.id = "year",
                  .label = say(look, Text::enter_certificate_year, {{"province", screen.province}}),
                  .typed = typed.year,
                  .length = EnterCertificate::year_digits,
                  .personal = true}));
  page.add(field(look, page.width(),
                 {.id = "number",
                  .label = say(look, Text::enter_certificate_number, {{"authority", screen.authority}}),
                  .typed = typed.number,
                  .length = EnterCertificate::number_digits,
                  .current = typed.year.size() == EnterCertificate::year_digits,
                  .personal = true}));
  if (screen.wait_s == 0 && typed.number.size() >= EnterCertificate::fewest_digits)
    page.answer({.id = "search", .label = say(look, Text::enter_number_search), .act = Choose{}});
  const bool open = screen.wait_s == 0 && typed.number.size() < EnterCertificate::number_digits;
  page.add(key_pad(look, page.width(), page.room(), open));
  return page.done();
}

}  // namespace kiosk::screens
