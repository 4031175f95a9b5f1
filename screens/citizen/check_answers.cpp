#include "screens/citizen/check_answers.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const CheckAnswers& screen, const Look& look, const Draft& draft) {
  using Kind = CheckAnswers::Answer::Kind;
  Page page(CheckAnswers::name, look, draft);
  page.step(3, 4).title(say(look, Text::check_answers_title)).lead(say(look, Text::check_answers_lead));
  page.read_whole(say(look, Text::check_answers_read_on));
  const auto change_button = [&](int i, const AnswerRow& row, std::string label) {
    return Button{.id = "change." + std::to_string(i),
                  .label = std::move(label),
                  .act = choose(Kind::change, row.change),
                  .kind = Button::Kind::outline,
                  .speech = say(look, Text::check_answers_change_of, {{"what", say(look, row.field)}})};
  };
  // In low reach rows are only read; what changes them stands below the line and names its row.
  std::vector<Button> below;
  std::vector<Fact> together;  // rows without a change button share a card
  const auto flush = [&](int before) {
    if (!together.empty()) page.form("answers." + std::to_string(before), together);
    together.clear();
  };
  for (int i = 0; const AnswerRow& row : screen.rows) {
    const Fact fact{say(look, row.field), row.words ? say(look, *row.words) : row.value.reveal()};
    if (row.change < 0 || look.low_reach) {
      together.push_back(fact);
      if (row.change >= 0)
        below.push_back(
            change_button(i, row, say(look, Text::check_answers_change_of, {{"what", fact.label}})));
    } else {
      flush(i);
      const Button change = change_button(i, row, say(look, Text::check_answers_change));
      page.add(fact_card(look, page.width(), "answer." + std::to_string(i), fact, true, &change));
    }
    ++i;
  }
  flush(static_cast<int>(screen.rows.size()));
  page.answer(
      {.id = "confirm", .label = say(look, Text::check_answers_confirm), .act = choose(Kind::confirm)});
  for (auto& button : below) page.answer(std::move(button));
  return page.done();
}

}  // namespace kiosk::screens
