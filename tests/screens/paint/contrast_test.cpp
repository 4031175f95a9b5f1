// Contrast of text as it stands on the glass: painted with and without text, the ink's strongest tenth
// against what lies under it (UX 5.2). And of the palettes themselves.

#include <algorithm>
#include <cstdlib>
#include <ostream>

#include <gtest/gtest.h>

#include "screens/paint/page.hpp"
#include "screens/paint/palette.hpp"
#include "tests/screens/paint/sample_page.hpp"

namespace kiosk::paint {
namespace {

using namespace screens;
using testing::sample_look;
using testing::sample_page;
using testing::sample_type;

Layout without_text(Layout page) {
  for (auto& node : page.nodes) {
    std::erase_if(node.marks, [](const Mark& mark) { return std::holds_alternative<TextRun>(mark); });
  }
  return page;
}

int part(std::uint32_t dot, int shift) {
  return static_cast<int>((dot >> shift) & 0xFF);
}

int difference(std::uint32_t a, std::uint32_t b) {
  int most = 0;
  for (const int shift : {0, 8, 16}) most = std::max(most, std::abs(part(a, shift) - part(b, shift)));
  return most;
}

Rgba mean(const std::vector<std::uint32_t>& dots) {
  Rgba sum{0, 0, 0, 1};
  for (const auto dot : dots) {
    sum.red += part(dot, 16) / 255.0;
    sum.green += part(dot, 8) / 255.0;
    sum.blue += part(dot, 0) / 255.0;
  }
  const auto count = static_cast<double>(dots.size());
  return {sum.red / count, sum.green / count, sum.blue / count, 1};
}

double seen_contrast(const Image& with, const Image& without, const Rect& run) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ink;
  for (int y = std::max(0, run.y); y < std::min(with.height, run.bottom()); ++y) {
    for (int x = std::max(0, run.x); x < std::min(with.width, run.right()); ++x) {
      const auto i = static_cast<std::size_t>(y * with.width + x);
      if (difference(with.dots[i], without.dots[i]) > 8) ink.emplace_back(with.dots[i], without.dots[i]);
    }
  }
  if (ink.size() < 10) return 0;
  std::ranges::sort(ink, std::greater<>(), [](const auto& dot) { return difference(dot.first, dot.second); });
  std::vector<std::uint32_t> strongest, under;
  for (std::size_t i = 0; i < ink.size(); ++i) {
    if (i < ink.size() / 10) strongest.push_back(ink[i].first);
    under.push_back(ink[i].second);
  }
  return contrast(mean(strongest), mean(under));
}

struct Band {
  Theme theme;
  double least, most;
};
void PrintTo(const Band& band, std::ostream* out) {
  *out << band.least << " to " << band.most;
}

class ThemeTest : public ::testing::TestWithParam<Band> {};

TEST_P(ThemeTest, has_text_of_the_contrast_it_promises) {
  const auto [theme, least, most] = GetParam();
  const auto page = sample_page();
  const auto with = paint_page(sample_type(), page, sample_look(theme));
  const auto without = paint_page(sample_type(), without_text(page), sample_look(theme));
  int runs = 0;
  for (const auto& node : page.nodes) {
    for (const auto& mark : node.marks) {
      const auto* run = std::get_if<TextRun>(&mark);
      if (run == nullptr) continue;
      ++runs;
      const auto seen = seen_contrast(with, without, run->rect);
      EXPECT_GE(seen, least) << run->text;
      EXPECT_LE(seen, most) << run->text;
    }
  }
  EXPECT_GT(runs, 7);
}

TEST_P(ThemeTest, has_text_on_every_surface_and_edges_that_show) {
  const auto [theme, least, most] = GetParam();
  const auto on = [in = theme](Colour text, Colour under) {
    return contrast(rgba(text, in), rgba(under, in));
  };
  for (const auto under : {Colour::background, Colour::surface, Colour::sunken, Colour::primary_soft,
                           Colour::success_soft, Colour::warning_soft}) {
    EXPECT_GE(on(Colour::text, under), least) << static_cast<int>(under);
    EXPECT_GE(on(Colour::primary, under), 3) << static_cast<int>(under);
  }
  EXPECT_GE(on(Colour::secondary, Colour::background), least);
  EXPECT_GE(on(Colour::secondary, Colour::surface), least);
  EXPECT_GE(on(Colour::on_primary, Colour::primary), least);
  EXPECT_GE(on(Colour::on_danger, Colour::danger), least);
  EXPECT_GE(on(Colour::on_success, Colour::success), least);
  EXPECT_GE(on(Colour::on_warning, Colour::warning_soft), least);
  EXPECT_GE(on(Colour::ink, Colour::surface), least);
  for (const auto under : {Colour::background, Colour::surface}) EXPECT_GE(on(Colour::border, under), 3);
  EXPECT_GE(on(Colour::focus, Colour::focus_outer), 3);
}

INSTANTIATE_TEST_SUITE_P(Themes, ThemeTest,
                         ::testing::Values(Band{Theme::standard, 10, 21}, Band{Theme::contrast_dark, 20, 21},
                                           Band{Theme::contrast_light, 20, 21},
                                           Band{Theme::low_contrast, 4.5, 8}),
                         [](const auto& band) {
                           return "theme_" + std::to_string(static_cast<int>(band.param.theme));
                         });

TEST(Contrast, is_that_of_wcag) {
  EXPECT_NEAR(contrast({0, 0, 0}, {1, 1, 1}), 21, 1e-9);
  EXPECT_NEAR(contrast({1, 1, 1}, {1, 1, 1}), 1, 1e-9);
  EXPECT_NEAR(contrast(rgba(Colour::text, Theme::standard), {1, 1, 1}), 16.5, 0.1);
}

TEST(Pressed, is_seen_and_read) {
  for (const auto theme :
       {Theme::standard, Theme::contrast_dark, Theme::contrast_light, Theme::low_contrast}) {
    for (const auto role : {Colour::surface, Colour::primary})
      EXPECT_NE(pressed(rgba(role, theme)), rgba(role, theme));
    EXPECT_GE(contrast(pressed(rgba(Colour::surface, theme)), rgba(Colour::text, theme)), 3);
  }
}

}  // namespace
}  // namespace kiosk::paint
