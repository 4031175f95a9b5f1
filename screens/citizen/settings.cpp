#include "screens/citizen/settings.hpp"

#include <algorithm>

#include "screens/widgets/page.hpp"

namespace kiosk::screens {

namespace {

/// A named group of choices in two columns.
Block group(const Look& look, int width, const std::string& id, Text heading,
            const std::vector<Node>& choices) {
  Block title =
      paragraph(look, width, id, say(look, heading), Letter::secondary, Colour::secondary, Weight::bold);
  Block block{.height = 0, .nodes = choices};
  for (const Node& node : choices) block.height = std::max(block.height, node.rect.bottom());
  return stacked({std::move(title), std::move(block)}, look.dots(2));
}

Rect cell(const Look& look, int width, int index, int across) {
  const int gap = look.dots(mm::kGap), wide = column(width, across, gap),
            high = std::max(look.dots(look.low_reach ? 17 : mm::kButton),
                            look.type->measure("国", font(look, Letter::secondary), 0).height + look.dots(1));
  return {index % across * (wide + gap), index / across * (high + gap), wide, high};
}

}  // namespace

Layout layout(const Settings&, const Look& look, const Draft& draft) {
  Page page(Settings::name, look, draft);
  page.title(say(look, Text::settings_title)).lead(say(look, Text::settings_sample));
  const int width = page.width();
  constexpr Text kSizes[] = {Text::settings_size_small, Text::settings_size_standard,
                             Text::settings_size_large, Text::settings_size_extra_large};
  constexpr Text kThemes[] = {Text::settings_theme_standard, Text::settings_theme_contrast_dark,
                              Text::settings_theme_contrast_light, Text::settings_theme_low_contrast};
  std::vector<Node> sizes, themes;
  for (int i = 0; i < 4; ++i) {
    sizes.push_back(choice(look, "size." + std::to_string(i), say(look, kSizes[i]),
                           i == static_cast<int>(look.size), SetSize{i},
                           cell(look, width, i, look.size == TextSize::extra_large ? 2 : 4)));
    themes.push_back(choice(look, "theme." + std::to_string(i), say(look, kThemes[i]),
                            i == static_cast<int>(look.theme), SetTheme{i}, cell(look, width, i, 2)));
  }
  const std::vector<Node> more{
      choice(look, "low_reach", say(look, Text::button_low_reach), look.low_reach, FrameAct::low_reach,
             cell(look, width, 0, 2)),
      choice(look, "care", say(look, Text::button_care), look.care, FrameAct::care, cell(look, width, 1, 2))};

  page.add(group(look, width, "sizes", Text::settings_size, sizes));
  page.add(group(look, width, "themes", Text::settings_theme, themes));
  page.add(group(look, width, "more", Text::settings_more, more));
  page.add(block_of(look,
                    {.id = "reset",
                     .label = say(look, Text::settings_reset),
                     .act = FrameAct::reset_settings,
                     .kind = Button::Kind::outline,
                     .icon = "retry"},
                    width));
  page.answer({.id = "close", .label = say(look, Text::settings_close), .act = FrameAct::close_panel});
  return page.done();
}

}  // namespace kiosk::screens
