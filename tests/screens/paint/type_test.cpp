#include "screens/paint/type.hpp"

#include <gtest/gtest.h>

#include "screens/paint/page.hpp"
#include "tests/screens/paint/sample_page.hpp"

namespace kiosk::paint {
namespace {

using namespace screens;
using testing::sample_look;
using testing::sample_type;

int lines(std::string_view text, int width) {
  return sample_type().measure(text, {40}, width).lines;
}

TEST(Type, measures_ideographs_as_one_em_each) {
  const auto extent = sample_type().measure("不动产登记", {40}, 0);
  EXPECT_EQ(extent.width, 200);
  EXPECT_EQ(extent.lines, 1);
  EXPECT_GE(extent.height, 52) << "lines at least 1.3 em apart";
  EXPECT_EQ(sample_type().measure("", {40}, 100), TextExtent{});
}

TEST(Type, sets_no_full_stop_at_the_start_of_a_line) {
  EXPECT_EQ(lines("银行还没有传来。", 280), 2);
  EXPECT_EQ(lines("银行还没有传来", 280), 1);
  // Seven em of room, eight characters: the last two go down together.
  const auto two = sample_type().measure("银行还没有传来。", {40}, 280);
  EXPECT_EQ(two.width, 240);
}

TEST(Type, breaks_before_an_opening_quote_rather_than_leave_a_ragged_line) {
  EXPECT_EQ(sample_type().measure("还没有传来“贷款已结清”的证明", {40}, 200).width, 200);
}

TEST(Type, closes_the_gap_between_two_full_width_marks) {
  const auto together = sample_type().measure("（试行）。", {40}, 0).width;
  EXPECT_EQ(together, 180) << "five characters, one of them half";
}

TEST(Type, sets_an_english_apostrophe_narrow) {
  const auto with = sample_type().measure("It’s", {40}, 0).width,
             without = sample_type().measure("Its", {40}, 0).width;
  EXPECT_LT(with - without, 20);
}

TEST(Type, keeps_a_case_number_on_one_line) {
  EXPECT_EQ(sample_type().measure("事件号 K3-0412", {40}, 200).lines, 2);
  EXPECT_LT(sample_type().measure("事件号 K3-0412", {40}, 200).width, 180) << "the number stands whole below";
}

TEST(Type, draws_a_text_as_high_as_it_measured_it) {
  const Rect rect = {20, 20, 400, 300};
  const std::string words = "请在三十个工作日内到窗口领取，逾期将退回档案室。";
  const auto extent = sample_type().measure(words, {40}, rect.width);
  const Layout page{
      .name = "p",
      .nodes = {{.id = "t", .rect = rect, .marks = {TextRun{.rect = rect, .text = words, .font = {40}}}}}};
  auto look = sample_look(Theme::contrast_light);
  look.panel = {.width = 440, .height = 340};
  const auto image = paint_page(sample_type(), page, look);
  int lowest = 0, rightmost = 0;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      if ((image.dots[static_cast<std::size_t>(y * image.width + x)] & 0xFF) > 128) continue;
      lowest = std::max(lowest, y);
      rightmost = std::max(rightmost, x);
    }
  }
  EXPECT_LE(lowest, 20 + extent.height);
  EXPECT_GE(lowest, 20 + extent.height - 40);
  EXPECT_LE(rightmost, 20 + extent.width);
}

TEST(Type, knows_which_names_it_cannot_write) {
  EXPECT_EQ(sample_type().missing_glyphs("张三，李四"), 0);
  EXPECT_EQ(sample_type().missing_glyphs("\U000F0000王"), 1);
}

TEST(Type, sets_the_same_after_it_forgot) {
  const auto type = Type::open().value();
  const auto before = type->measure("张三", {40}, 0);
  type->forget();
  EXPECT_EQ(type->measure("张三", {40}, 0), before);
}

TEST(Type, is_not_there_without_its_font) {
  const auto type = Type::open({.folders = {"/nowhere"}});
  ASSERT_FALSE(type);
  EXPECT_EQ(type.error().code, Errc::not_present);
}

TEST(Type, survives_any_bytes) {
  EXPECT_GE(sample_type().measure("\xFF\xFE\xED\xA0\x80 abc \xC0", {40}, 100).lines, 1);
  EXPECT_GE(sample_type().measure(std::string_view("a\0b", 3), {40}, 100).lines, 1);
  EXPECT_EQ(sample_type().measure("line\nline", {40}, 0).lines, 2);
}

}  // namespace
}  // namespace kiosk::paint
