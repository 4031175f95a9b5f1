#include "screens/citizen/read_document.hpp"

#include <algorithm>

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

/// One sheet of paper, as large as there is room for.
Block sheet(const Look& look, int width, int height, const std::string& words, const std::string& heard,
            const std::shared_ptr<const Picture::Dots>& dots) {
  const int wide = std::min(width, height * 210 / 297), high = wide * 297 / 210;
  const Rect paper{(width - wide) / 2, 0, wide, high};
  Node node{.id = "sheet",
            .role = Role::image,
            .rect = {0, 0, width, high},
            .marks = {Picture{.rect = paper, .dots = dots}, Fill{.rect = paper,
                                                                 .colour = Colour::none,
                                                                 .border = Colour::border,
                                                                 .border_width = look.dots(mm::kHairline)}},
            .label = words,
            .speech = heard,
            .personal = true};
  return {.height = high, .nodes = {std::move(node)}};
}

}  // namespace

Layout layout(const ReadDocument& screen, const Look& look, const Draft& draft) {
  Page page(ReadDocument::name, look, draft);
  page.title(say(look, screen.document));
  page.answer({.id = "done", .label = say(look, Text::read_document_done), .act = Choose{}});
  const auto of = std::to_string(screen.pages.size());
  std::vector<Block> sheets;
  for (const auto& dots : screen.pages) {
    const auto n = std::to_string(sheets.size() + 1);
    sheets.push_back(sheet(look, page.width(), page.reading_room(screen.pages.size() > 1),
                           say(look, Text::read_document_page, {{"n", n}, {"of", of}}),
                           say(look, screen.heard, {{"n", n}, {"of", of}}), dots));
  }
  page.rows(std::move(sheets), 1);
  return page.done();
}

}  // namespace kiosk::screens
