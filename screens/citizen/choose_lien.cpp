#include "screens/citizen/choose_lien.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

Chip chip_of(const LienRow& row, const Look& look) {
  switch (row.state) {
    using enum LienRow::State;
    case can_be_cancelled:
      return {say(look, Text::choose_lien_can_be_cancelled), Tone::good};
    case waits_for_bank:
      return {say(look, Text::choose_lien_waits_for_bank), Tone::calm};
    case blocked:
      return {say(look, Text::choose_lien_blocked), Tone::warning};
    case maximum_amount:
      return {say(look, Text::choose_lien_maximum_amount), Tone::warning};
    case under_way:
      return {say(look, Text::choose_lien_under_way), Tone::calm};
  }
  return {};
}

}  // namespace

Layout layout(const ChooseLien& screen, const Look& look, const Draft& draft) {
  Page page(ChooseLien::name, look, draft);
  page.step(2, 4).title(say(look, Text::choose_lien_title)).lead(say(look, Text::choose_lien_lead));
  std::vector<Block> rows;
  for (int i = 0; const LienRow& lien : screen.rows) {
    rows.push_back(row(look, page.width(),
                       {.id = "row." + std::to_string(i),
                        .title = lien.address.reveal(),
                        .details = {lien.lender, say(look, Text::choose_lien_certificate,
                                                     {{"tail", lien.certificate_tail.reveal()}})},
                        .chip = chip_of(lien, look),
                        .act = Choose{.index = i},
                        .personal = true,
                        .number = i + 1,
                        .of = static_cast<int>(screen.rows.size())}));
    ++i;
  }
  page.rows(std::move(rows), look.care || look.size == TextSize::extra_large ? 2 : 4);
  return page.done();
}

}  // namespace kiosk::screens
