#include "screens/citizen/decided.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

using Decision = Decided::Decision;

std::string stem(Decision decision) {
  constexpr const char* kStems[] = {"registered", "accepted", "to_be_completed", "refused"};
  return kStems[static_cast<int>(decision)];
}

Text paper_text(Decided::Paper paper) {
  switch (paper) {
    using enum Decided::Paper;
    case printed:
      break;
    case reprinted:
      return Text::decided_paper_reprinted;
    case electronic:
      return Text::decided_paper_electronic;
  }
  return Text::decided_paper_printed;
}

}  // namespace

Layout layout(const Decided& screen, const Look& look, const Draft& draft) {
  using enum Decided::Answer;
  const std::string words = "decided." + stem(screen.decision);
  const bool good = screen.decision == Decision::registered || screen.decision == Decision::accepted;
  Page page(Decided::name, look, draft);
  const bool on_paper = screen.paper == Decided::Paper::printed || screen.paper == Decided::Paper::reprinted;
  if (on_paper)
    page.result(good ? "check" : "info", good ? Tone::good : Tone::warning, say(look, words, "title"),
                say(look, words, "what"));
  else
    page.title(say(look, words, "title")).lead(say(look, words, "what"));
  if (screen.result_sheet == Decided::ResultSheet::not_printed)
    page.add(banner(look, page.width(), "result_sheet", Tone::warning,
                    say(look, Text::decided_result_not_printed)));
  if (!screen.acceptance_number.empty())
    page.add(
        number_card(look, page.width(), "number", say(look, Text::decided_number), screen.acceptance_number));
  std::vector<Fact> refusal;
  const auto tell = [&](Text label, const std::string& value, const char* icon) {
    if (!value.empty()) refusal.push_back({say(look, label), value, icon});
  };
  tell(Text::decided_reason, screen.reason, "info");
  tell(Text::decided_legal_basis, screen.legal_basis, "court");
  tell(Text::decided_remedy, screen.remedy, "forward");
  if (!refusal.empty()) page.facts("refusal", refusal);
  if (!on_paper) {
    page.add(banner(look, page.width(), "paper", Tone::warning, say(look, paper_text(screen.paper))));
    if (!screen.slip_token.empty())
      page.add(code_card(look, page.width(), "code", screen.slip_token, say(look, Text::decided_code),
                         say(look, Text::decided_no_phone)));
  }
  if (!screen.due_date.empty())
    page.add(facts(look, page.width(), "due", {{say(look, Text::decided_due), screen.due_date, "calendar"}}));
  if (!screen.defects.empty()) page.list("defects", {}, screen.defects, true);
  std::vector<std::string> next{say(look, "decided.next", stem(screen.decision))};
  if (screen.certificate_cancelled) next.push_back(say(look, Text::decided_certificate_cancelled));
  if (on_paper) next.push_back(say(look, paper_text(screen.paper)));
  if (screen.result_sheet == Decided::ResultSheet::printed)
    next.push_back(say(look, Text::decided_result_printed));
  page.list("next", say(look, Text::decided_next), next);
  Button end{.id = "done", .label = say(look, Text::button_done), .act = choose(done)};
  if (screen.can_rate) {
    page.answer({.id = "rate", .label = say(look, Text::decided_rate), .act = choose(rate)});
    end.kind = Button::Kind::outline;
  }
  if (screen.can_print_result) {
    page.answer({.id = "print_result",
                 .label = say(look, Text::decided_print_result),
                 .act = choose(print_result),
                 .kind = Button::Kind::outline,
                 .icon = "printer"});
  }
  page.answer(std::move(end));
  return page.done();
}

}  // namespace kiosk::screens
