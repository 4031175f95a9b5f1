#include "screens/paint/painter.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "screens/paint/page.hpp"
#include "tests/screens/paint/random_layout.hpp"
#include "tests/screens/paint/sample_page.hpp"

namespace kiosk::paint {
namespace {

using namespace screens;
using testing::random_edit;
using testing::random_layout;
using testing::sample_look;
using testing::sample_page;
using testing::sample_type;

/// A glass of its own memory, with some dots of somebody else's to the right of each row.
struct Dots {
  static constexpr int beyond = 7;
  explicit Dots(const Panel& panel)
      : memory(static_cast<std::size_t>((panel.width + beyond) * panel.height), 0x123456),
        glass{.dots = memory.data(),
              .width = panel.width,
              .height = panel.height,
              .stride = panel.width + beyond} {}

  Image image() const {
    Image out{.width = glass.width, .height = glass.height, .dots = {}};
    for (int y = 0; y < glass.height; ++y) {
      for (int x = 0; x < glass.width; ++x) out.dots.push_back(glass.dots[y * glass.stride + x] & 0xFFFFFF);
    }
    return out;
  }
  bool kept_to_its_width() const {
    for (int y = 0; y < glass.height; ++y) {
      for (int x = glass.width; x < glass.stride; ++x) {
        if (glass.dots[y * glass.stride + x] != 0x123456) return false;
      }
    }
    return true;
  }

  std::vector<std::uint32_t> memory;
  Glass glass;
};

bool inside(const std::vector<Rect>& parts, int x, int y) {
  return std::ranges::any_of(parts, [&](const Rect& part) { return part.contains(x, y); });
}

std::vector<Rect> all_of(const Panel& panel) {
  return {{0, 0, panel.width, panel.height}};
}

class PainterTest : public ::testing::Test {
 protected:
  std::unique_ptr<Type> type = Type::open().value();
  Look look = sample_look();
  Dots dots{look.panel};
  Painter painter{*type, dots.glass};
};

TEST_F(PainterTest, paints_the_first_page_whole_and_nothing_when_it_comes_again) {
  const auto page = sample_page();
  EXPECT_EQ(painter.show(page, look), all_of(look.panel));
  EXPECT_EQ(dots.image(), paint_page(*type, page, look));
  EXPECT_TRUE(painter.show(page, look).empty());
}

TEST_F(PainterTest, repaints_only_the_node_that_changed) {
  auto page = sample_page();
  painter.show(page, look);
  auto& band = page.nodes[4];
  ASSERT_EQ(band.id, "band");
  std::get<TextRun>(band.marks[1]).text = "打印机好了";
  EXPECT_EQ(painter.show(page, look), std::vector<Rect>{band.rect});
  EXPECT_EQ(dots.image(), paint_page(*type, page, look));
}

TEST_F(PainterTest, shows_what_was_made_ready_while_idle_exactly_as_it_would_have_painted_it) {
  const auto page = sample_page();
  painter.show(page, look);
  while (painter.idle_work()) {
  }
  for (const char* pressed : {"tile.0", "", "next", "tile.1", ""}) {
    for (const char* focused : {"", "tile.1"}) {
      painter.show(page, look, focused, pressed);
      EXPECT_EQ(dots.image(), paint_page(*type, page, look, focused, pressed)) << focused << " " << pressed;
    }
  }
}

TEST_F(PainterTest, shows_an_expected_page_as_it_would_have_painted_it) {
  painter.show(sample_page(), look);
  auto next = sample_page();
  next.name = "next";
  std::get<TextRun>(next.nodes[0].marks[0]).text = "下一页";
  painter.expect(next, look);
  while (painter.idle_work()) {
  }
  EXPECT_EQ(painter.show(next, look).size(), 1U);
  EXPECT_EQ(dots.image(), paint_page(*type, next, look));
}

TEST_F(PainterTest, paints_ahead_what_the_finger_leads_to_before_anything_else) {
  painter.show(sample_page(), look, "", "next");
  auto next = sample_page();
  next.name = "next";
  painter.expect(next, look);
  EXPECT_TRUE(painter.idle_work());  // one piece of work, and it is the page
  painter.show(next, look);
  EXPECT_EQ(dots.image(), paint_page(*type, next, look));
  painter.show(sample_page(), look);
  EXPECT_EQ(painter.show(next, look).size(), 1U);  // again, without anything painted ahead
  EXPECT_EQ(dots.image(), paint_page(*type, next, look));
}

TEST_F(PainterTest, forgets_an_expected_page_with_the_session) {
  auto next = sample_page();
  next.name = "next";
  painter.show(sample_page(), look);
  painter.expect(next, look);
  painter.forget();
  painter.show(sample_page(), look, "", "next");
  while (painter.idle_work()) {
  }
  painter.show(next, look);
  EXPECT_EQ(dots.image(), paint_page(*type, next, look));
}

TEST_F(PainterTest, goes_on_where_it_is_moved_to) {
  const auto page = sample_page();
  painter.show(page, look);
  Dots other(look.panel);
  painter.move_to(other.glass);
  EXPECT_EQ(other.image(), paint_page(*type, page, look));
  EXPECT_TRUE(painter.show(page, look).empty());
  painter.show(page, look, "next");
  EXPECT_EQ(other.image(), paint_page(*type, page, look, "next"));

  auto smaller = look;
  smaller.panel.width -= 100;
  Dots narrow(smaller.panel);
  painter.move_to(narrow.glass);
  EXPECT_EQ(painter.show(sample_page(), look).size(), 1U);  // on dots of another size everything is painted
}

TEST_F(PainterTest, leaves_the_bars_alone_that_two_pages_share) {
  const auto page = sample_page();
  painter.show(page, look);
  auto next = page;
  next.name = "next";
  next.nodes.erase(next.nodes.begin() + 1, next.nodes.end() - 1);  // between title and button
  const auto changed = painter.show(next, look);
  ASSERT_EQ(changed.size(), 1U);
  EXPECT_GE(changed[0].y, page.nodes.front().rect.bottom());
  EXPECT_LE(changed[0].bottom(), page.nodes.back().rect.y);
  EXPECT_EQ(dots.image(), paint_page(*type, next, look));
}

TEST_F(PainterTest, paints_everything_after_the_glass_was_lost_or_the_theme_changed) {
  painter.show(sample_page(), look);
  Dots other(look.panel);
  painter.lost(other.glass);
  EXPECT_EQ(painter.show(sample_page(), look), all_of(look.panel));
  EXPECT_EQ(other.image(), paint_page(*type, sample_page(), look));
  look.theme = Theme::contrast_dark;
  EXPECT_EQ(painter.show(sample_page(), look), all_of(look.panel));
  EXPECT_EQ(other.image(), paint_page(*type, sample_page(), look));
}

TEST_F(PainterTest, paints_everything_after_it_forgot_a_session) {
  painter.show(sample_page(), look, "next");
  painter.forget();
  EXPECT_FALSE(painter.idle_work());
  EXPECT_EQ(painter.show(sample_page(), look), all_of(look.panel));
  EXPECT_EQ(dots.image(), paint_page(*type, sample_page(), look));
}

RC_GTEST_PROP(Painter, is_byte_for_byte_a_whole_repaint_after_any_change, ()) {
  Look look = sample_look(*rc::gen::element(Theme::standard, Theme::contrast_dark));
  look.panel = {.width = 240, .height = 300};
  static const auto type = Type::open().value();
  Dots dots(look.panel);
  Painter painter(*type, dots.glass);
  auto layout = random_layout(look.panel);
  std::string focused, pressed;
  painter.show(layout, look);
  for (int step = 0; step < 6; ++step) {
    const auto before = dots.image();
    if (*rc::gen::inRange(0, 3) > 0) layout = random_edit(layout, look.panel);
    const auto some_id = [&] {
      const auto i = *rc::gen::inRange<std::size_t>(0, layout.nodes.size() + 1);
      return i < layout.nodes.size() ? layout.nodes[i].id : std::string();
    };
    if (*rc::gen::inRange(0, 2) > 0) focused = some_id();
    if (*rc::gen::inRange(0, 2) > 0) pressed = some_id();
    const auto changed = painter.show(layout, look, focused, pressed);
    const auto after = dots.image();
    RC_ASSERT(after == paint_page(*type, layout, look, focused, pressed));
    RC_ASSERT(dots.kept_to_its_width());
    for (int y = 0; y < look.panel.height; ++y) {
      for (int x = 0; x < look.panel.width; ++x) {
        const auto i = static_cast<std::size_t>(y * look.panel.width + x);
        if (before.dots[i] != after.dots[i]) RC_ASSERT(inside(changed, x, y));
      }
    }
    for (int work = *rc::gen::inRange(0, 4); work > 0; --work) painter.idle_work();
  }
}

}  // namespace
}  // namespace kiosk::paint
