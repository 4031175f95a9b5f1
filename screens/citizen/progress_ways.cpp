#include "screens/citizen/progress_ways.hpp"

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

Layout layout(const ProgressWays& screen, const Look& look, const Draft& draft) {
  using enum ProgressWays::Answer;
  Page page(ProgressWays::name, look, draft);
  page.title(say(look, Text::progress_ways_title));
  std::vector<Block> ways;
  const auto offer = [&](ProgressWays::Answer answer, const char* id, const char* icon, Text title,
                         Text hint) {
    ways.push_back(tile(
        look, page.width(), look.dots(46),
        {.id = id, .icon = icon, .title = say(look, title), .hint = say(look, hint), .act = choose(answer)},
        true));
  };
  if (screen.card) offer(card, "card", "card", Text::progress_ways_card, Text::progress_ways_card_hint);
  offer(number, "number", "number_pad", Text::progress_ways_number, Text::progress_ways_number_hint);
  if (screen.scan) offer(scan, "scan", "scan", Text::progress_ways_scan, Text::progress_ways_scan_hint);
  if (!screen.card)
    page.add(
        banner(look, page.width(), "card_down", Tone::warning, say(look, Text::progress_ways_card_down)));
  if (!screen.scan)
    page.add(
        banner(look, page.width(), "scan_down", Tone::warning, say(look, Text::progress_ways_scan_down)));
  page.rows(std::move(ways), 3);
  page.picture("art_slip");
  return page.done();
}

}  // namespace kiosk::screens
