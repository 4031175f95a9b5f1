// The scorecard of UX 5.3, rows 5-11, 13-18, 20, 22, 27, 35, 39, 40, over every sample page in the matrix of
// sizes, languages, low reach, care mode and panels. Themes change no layout and are measured by the
// painter's contrast tests.

#include <algorithm>
#include <map>
#include <ostream>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "assets/icons/icons.hpp"
#include "screens/citizen/decided.hpp"
#include "screens/paint/type.hpp"
#include "tests/screens/samples/samples.hpp"

namespace kiosk::testing {
namespace {

using namespace screens;

const paint::Type& type() {
  static const auto opened = paint::Type::open();
  return **opened;
}

struct Variant {
  std::string name;
  Look look;
};

void PrintTo(const Variant& variant, std::ostream* out) {
  *out << variant.name;
}

std::vector<Variant> matrix() {
  std::vector<Variant> all;
  for (const auto language : {Language::zh_cn, Language::en}) {
    for (int size = 0; size < 4; ++size) {
      for (const bool low : {false, true}) {
        for (const bool large_panel : {false, true}) {
          Look look{
              .language = language, .size = static_cast<TextSize>(size), .low_reach = low, .type = &type()};
          look.care = size == 2;  // 关怀模式 starts at this size
          if (large_panel) look.panel = {.diagonal_in = 32, .bottom_mm = 800};
          all.push_back({std::string(language == Language::en ? "en" : "zh") + "_" + std::to_string(size) +
                             (low ? "_low" : "") + (large_panel ? "_32" : ""),
                         look});
        }
      }
    }
  }
  return all;
}

/// A page with its name, for the messages.
struct Page {
  std::string name;
  Layout layout;
};

/// Every sample, and every one of its pages when it has several.
std::vector<Page> pages(const Look& look) {
  std::vector<Page> all;
  for (Sample sample : samples()) {
    std::set<std::string> seen;
    for (int page = 0; page < 20; ++page) {
      sample.draft.page = page;
      Layout layout = lay_out(sample, look);
      std::string where;
      for (const Node& node : layout.nodes) {
        if (node.id == "pager") where = node.label;
      }
      if (!seen.insert(where).second) break;
      all.push_back({sample.name + " p" + std::to_string(page + 1), std::move(layout)});
    }
  }
  return all;
}

bool decoration(const Node& node) {
  return node.speech.empty() && !node.touchable();
}

bool of_frame(const Node& node) {
  return node.id.starts_with("frame.") || node.id == "hall_name" || node.id == "clock" || node.id == "step" ||
         node.id == "seconds_left";
}

bool inside(const Rect& inner, const Rect& outer) {
  return inner.x >= outer.x && inner.y >= outer.y && inner.right() <= outer.right() &&
         inner.bottom() <= outer.bottom();
}

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

/// Dots between two rectangles, 0 when they touch.
int gap_between(const Rect& a, const Rect& b) {
  return std::max({a.x - b.right(), b.x - a.right(), a.y - b.bottom(), b.y - a.bottom(), 0});
}

std::string what(const Page& page, const Node& node) {
  return page.name + " / " + node.id;
}

/// The rules. Each walks over all pages of one look.
class Rules {
 public:
  explicit Rules(const Look& look) : look_(look), pages_(testing::pages(look)) {}

  void text_is_large_enough_to_read() const;
  void text_fits_its_box_and_the_box_its_node() const;
  void nothing_overlaps_or_leaves_the_panel() const;
  void targets_are_large_and_apart() const;
  void nothing_to_touch_stands_above_the_line_of_low_reach() const;
  void a_page_offers_few_things() const;
  void what_is_seen_is_said() const;
  void fixed_controls_stand_still() const;
  void help_and_language_are_on_every_page() const;
  void identity_numbers_are_never_shown_in_full() const;
  void every_code_has_a_way_without_phone() const;
  void every_face_page_has_another_way() const;
  void icons_exist() const;

 private:
  const Look& look() const { return look_; }
  double mm(int dots) const { return dots / look_.panel.dots_per_mm(); }

  Look look_;
  std::vector<Page> pages_;
};

void Rules::text_is_large_enough_to_read() const {
  const double least_cap[] = {3.5, 4.8, 6.2, 8.4};
  for (const Page& page : pages_) {
    for (const Node& node : page.layout.nodes) {
      for (const Mark& mark : node.marks) {
        const auto* run = std::get_if<TextRun>(&mark);
        if (run == nullptr) continue;
        EXPECT_GE(run->font.em * 0.733 / look().panel.dots_per_mm(), least_cap[static_cast<int>(look().size)])
            << what(page, node);
        EXPECT_GE(run->font.em, run->font.weight == Weight::bold ? 24 : 27) << what(page, node);
      }
    }
  }
}

void Rules::text_fits_its_box_and_the_box_its_node() const {
  for (const Page& page : pages_) {
    for (const Node& node : page.layout.nodes) {
      for (const Mark& mark : node.marks) {
        const Rect& rect = std::visit([](const auto& drawn) -> const Rect& { return drawn.rect; }, mark);
        EXPECT_TRUE(inside(rect, node.rect)) << what(page, node) << " mark " << rect.x << "," << rect.y << " "
                                             << rect.width << "x" << rect.height;
        const auto* run = std::get_if<TextRun>(&mark);
        if (run == nullptr) continue;
        const auto extent = type().measure(run->text, run->font, run->rect.width);
        EXPECT_LE(extent.width, run->rect.width + 1) << what(page, node) << ": " << run->text;
        EXPECT_LE(extent.height, run->rect.height) << what(page, node) << ": " << run->text;
      }
    }
  }
}

void Rules::nothing_overlaps_or_leaves_the_panel() const {
  const Rect panel{0, 0, look().panel.width, look().panel.height};
  for (const Page& page : pages_) {
    std::vector<const Node*> solid;
    for (const Node& node : page.layout.nodes) {
      EXPECT_TRUE(inside(node.rect, panel)) << what(page, node);
      if (!decoration(node)) solid.push_back(&node);
    }
    for (std::size_t i = 0; i < solid.size(); ++i) {
      for (std::size_t j = i + 1; j < solid.size(); ++j)
        EXPECT_FALSE(overlap(solid[i]->rect, solid[j]->rect))
            << what(page, *solid[i]) << " and " << solid[j]->id;
    }
  }
}

void Rules::targets_are_large_and_apart() const {
  for (const Page& page : pages_) {
    std::vector<const Node*> targets;
    for (const Node& node : page.layout.nodes) {
      if (node.touchable()) targets.push_back(&node);
    }
    for (const Node* node : targets) {
      const double least = node->role == Role::key ? 19.9 : 15;
      EXPECT_GE(mm(std::min(node->rect.width, node->rect.height)), least) << what(page, *node);
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
      for (std::size_t j = i + 1; j < targets.size(); ++j)
        EXPECT_GE(mm(gap_between(targets[i]->rect, targets[j]->rect)), 2.54)
            << what(page, *targets[i]) << " and " << targets[j]->id;
    }
  }
}

void Rules::nothing_to_touch_stands_above_the_line_of_low_reach() const {
  if (!look().low_reach) return;
  for (const Page& page : pages_) {
    for (const Node& node : page.layout.nodes) {
      if (node.touchable()) {
        EXPECT_GE(node.rect.y, low_reach_line(look())) << what(page, node);
      }
    }
  }
}

void Rules::a_page_offers_few_things() const {
  for (const Page& page : pages_) {
    int count = 0;
    for (const Node& node : page.layout.nodes)
      count += node.touchable() && !of_frame(node) && node.role != Role::key ? 1 : 0;
    EXPECT_LE(count, 12) << page.name;
  }
}

void Rules::what_is_seen_is_said() const {
  for (const Page& page : pages_) {
    EXPECT_FALSE(page.layout.spoken.empty()) << page.name;
    EXPECT_FALSE(page.layout.title.empty()) << page.name;
    for (const Node& node : page.layout.nodes) {
      if (node.touchable() || node.role == Role::status) {
        EXPECT_FALSE(node.speech.empty()) << what(page, node);
      }
      if (node.touchable()) {
        EXPECT_FALSE(node.label.empty()) << what(page, node);
      }
      EXPECT_FALSE(node.speech.contains('{')) << what(page, node) << ": " << node.speech;
      for (const Mark& mark : node.marks) {
        if (const auto* run = std::get_if<TextRun>(&mark)) {
          EXPECT_FALSE(run->text.contains('{')) << what(page, node) << ": " << run->text;
        }
      }
    }
  }
}

void Rules::fixed_controls_stand_still() const {
  std::map<std::string, Rect> places;
  for (const Page& page : pages_) {
    for (const Node& node : page.layout.nodes) {
      if (!node.id.starts_with("frame.")) continue;
      const auto [place, first] = places.emplace(node.id, node.rect);
      EXPECT_EQ(place->second, node.rect) << what(page, node);
    }
  }
  for (const char* id :
       {"frame.home", "frame.help", "frame.low_reach", "frame.care", "frame.language", "frame.settings"})
    EXPECT_TRUE(places.contains(id)) << id;
}

void Rules::help_and_language_are_on_every_page() const {
  for (const Page& page : pages_) {
    std::set<std::string> ids;
    for (const Node& node : page.layout.nodes)
      EXPECT_TRUE(ids.insert(node.id).second) << "twice: " << what(page, node);
    for (const char* id : {"frame.help", "frame.language", "frame.low_reach", "frame.care"})
      EXPECT_TRUE(ids.contains(id)) << page.name << ": " << id;
  }
}

void Rules::identity_numbers_are_never_shown_in_full() const {
  static const std::regex kNumber(R"([1-9]\d{16}[\dX])");
  for (const Page& page : pages_) {
    for (const Node& node : page.layout.nodes)
      EXPECT_FALSE(std::regex_search(node.label, kNumber)) << what(page, node);
  }
}

void Rules::every_code_has_a_way_without_phone() const {
  for (const Page& page : pages_) {
    for (const Node& node : page.layout.nodes) {
      for (const Mark& mark : node.marks) {
        const auto* code = std::get_if<QrCode>(&mark);
        if (code == nullptr) continue;
        EXPECT_GE(mm(code->rect.width), 59) << what(page, node);
        EXPECT_TRUE(node.label.contains("没带手机") || node.label.contains("No phone")) << what(page, node);
      }
    }
  }
}

void Rules::every_face_page_has_another_way() const {
  int faces = 0;
  for (const Page& page : pages_) {
    if (page.layout.name != "look_at_camera") continue;
    ++faces;
    EXPECT_TRUE(std::ranges::any_of(page.layout.nodes, [](const Node& node) {
      return node.id == "other_way";
    })) << page.name;
  }
  EXPECT_GT(faces, 0);
}

void Rules::icons_exist() const {
  for (const Page& page : pages_) {
    for (const Node& node : page.layout.nodes) {
      for (const Mark& mark : node.marks) {
        if (const auto* icon = std::get_if<Icon>(&mark)) {
          EXPECT_NE(assets::find_icon(icon->name), nullptr) << what(page, node) << ": " << icon->name;
        }
      }
    }
  }
}

class Scorecard : public ::testing::TestWithParam<Variant> {};

TEST_P(Scorecard, HoldsOnEveryPage) {
  const Rules rules(GetParam().look);
  rules.text_is_large_enough_to_read();
  rules.text_fits_its_box_and_the_box_its_node();
  rules.nothing_overlaps_or_leaves_the_panel();
  rules.targets_are_large_and_apart();
  rules.nothing_to_touch_stands_above_the_line_of_low_reach();
  rules.a_page_offers_few_things();
  rules.what_is_seen_is_said();
  rules.fixed_controls_stand_still();
  rules.help_and_language_are_on_every_page();
  rules.identity_numbers_are_never_shown_in_full();
  rules.every_code_has_a_way_without_phone();
  rules.every_face_page_has_another_way();
  rules.icons_exist();
}

INSTANTIATE_TEST_SUITE_P(Looks, Scorecard, ::testing::ValuesIn(matrix()),
                         [](const auto& of) { return of.param.name; });

TEST(Reading, FocusGoesDownThePageAndThenToTheFrame) {
  const Look look{.type = &type()};
  for (const Page& page : pages(look)) {
    bool frame = false;
    int line = 0;
    for (const Node& node : page.layout.nodes) {
      if (!node.touchable()) continue;
      if (of_frame(node)) frame = true;
      EXPECT_EQ(of_frame(node), frame) << what(page, node);
      if (of_frame(node)) continue;
      EXPECT_GE(node.rect.bottom(), line) << what(page, node);
      line = node.rect.y;
    }
  }
}

TEST(Reading, TheLanguageLeavesNoChineseBehind) {
  // What stands on the page in English may be Chinese only where it is a person's or the registry's own
  // words.
  const Look look{.language = Language::en, .type = &type()};
  for (const Page& page : pages(look)) {
    for (const Node& node : page.layout.nodes) {
      if (node.role != Role::button && node.role != Role::heading && node.role != Role::toggle &&
          node.role != Role::key)
        continue;
      if (node.id == "frame.language" || page.name.starts_with("place_card.second")) continue;
      EXPECT_FALSE(
          std::ranges::any_of(node.label, [](char c) { return static_cast<unsigned char>(c) >= 0xE3; }))
          << what(page, node) << node.label;
    }
  }
}

}  // namespace
}  // namespace kiosk::testing
