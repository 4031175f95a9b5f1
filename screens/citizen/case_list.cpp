#include "screens/citizen/case_list.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const CaseList& screen, const Look& look, const Draft& draft) {
  Page page(CaseList::name, look, draft);
  page.title(say(look, Text::case_list_title));
  std::vector<Block> rows;
  for (int i = 0; const CaseRow& one : screen.rows) {
    const std::string stage = say(look, "stage", one.stage);
    std::vector<std::string> details;
    if (!one.address.empty()) details.push_back(one.address.reveal());
    details.push_back(in_fours(one.acceptance_number));
    const Chip chip =
        one.overdue ? Chip{joined(look, {stage, say(look, Text::case_list_overdue)}), Tone::warning}
                    : Chip{stage, one.stage == "done" || one.stage == "collect" ? Tone::good : Tone::calm};
    rows.push_back(row(look, page.width(),
                       {.id = "row." + std::to_string(i),
                        .title = say(look, one.service, "name"),
                        .details = std::move(details),
                        .chip = chip,
                        .act = Choose{.index = i},
                        .personal = !one.address.empty(),
                        .number = i + 1,
                        .of = static_cast<int>(screen.rows.size())}));
    ++i;
  }
  page.rows(std::move(rows), look.care || look.size == TextSize::extra_large ? 2 : 5);
  return page.done();
}

}  // namespace kiosk::screens
