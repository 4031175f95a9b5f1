// Pages on which something is typed: they take it when it is whole, and their keys stand still meanwhile.

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "screens/citizen/enter_certificate.hpp"
#include "screens/citizen/enter_number.hpp"
#include "screens/citizen/staff_pin.hpp"
#include "screens/paint/type.hpp"
#include "screens/screen.hpp"

namespace kiosk::testing {
namespace {

using namespace screens;

/// A page and what is typed on it, from nothing to the whole.
struct Typing {
  Screen screen;
  std::string answer;  ///< node id of the button that takes it
  std::string part, whole;
};

std::vector<Typing> pages() {
  return {
      {EnterNumber{.prefix = "2026", .digits = 13, .not_found = {}}, "search", "11020000", "110200008"},
      {EnterCertificate{.province = "鲁", .authority = "济南市", .not_found = {}}, "search", "201920088",
       "2019200884"},
      {EnterNumber{.prefix = "2026", .digits = 13, .not_found = "2026110200008"}, "search", "1", "110200008"},
      {EnterCertificate{.province = "鲁", .authority = "济南市", .not_found = PersonalText("2019 0200884")},
       "search", "2", "2019200884"},
      {StaffPin{.digits = 8, .wrong_before = true}, "confirm", "1", "12345678"},
      {StaffPin{.digits = 8}, "confirm", "1234567", "12345678"},
  };
}

Layout with(const Typing& typing, const std::string& typed, const Look& look) {
  Draft draft;
  draft.typed = PersonalText(typed);
  return typing.screen.layout(look, draft);
}

bool has(const Layout& layout, const std::string& id) {
  return std::ranges::find(layout.nodes, id, &Node::id) != layout.nodes.end();
}

std::map<std::string, Rect> keys(const Layout& layout) {
  std::map<std::string, Rect> places;
  for (const auto& node : layout.nodes) {
    if (node.role == Role::key) places[node.id] = node.rect;
  }
  return places;
}

TEST(Typing, WhatIsNotWholeCannotBeSentAndCountsAsNoGuess) {
  const auto type = std::move(*paint::Type::open());
  for (const auto& typing : pages()) {
    const Look look{.type = type.get()};
    EXPECT_FALSE(has(with(typing, "", look), typing.answer)) << typing.whole;
    EXPECT_FALSE(has(with(typing, typing.part, look), typing.answer)) << typing.whole;
    EXPECT_TRUE(has(with(typing, typing.whole, look), typing.answer)) << typing.whole;
  }
}

TEST(Typing, TheKeysAreOnThePageAndStandStillWhenItBecomesWhole) {
  const auto type = std::move(*paint::Type::open());
  for (const auto& typing : pages()) {
    for (const auto language : {Language::zh_cn, Language::en}) {
      for (int size = 0; size < 4; ++size) {
        for (const bool low : {false, true}) {
          const Look look{.language = language,
                          .size = static_cast<TextSize>(size),
                          .low_reach = low,
                          .type = type.get()};
          const auto before = keys(with(typing, typing.part, look));
          EXPECT_GE(before.size(), 10U) << typing.whole << " size " << size << low;
          EXPECT_EQ(before, keys(with(typing, typing.whole, look)))
              << typing.whole << " size " << size << low;
        }
      }
    }
  }
}

TEST(Typing, ACertificatesNumberIsCoveredByTheCurtain) {
  const auto type = std::move(*paint::Type::open());
  const Look look{.type = type.get()};
  const EnterCertificate blank{.province = "鲁", .authority = "济南市", .not_found = {}};
  EXPECT_FALSE(layout(blank, look, {}).personal()) << "nothing of anybody is on it";
  Draft draft;
  draft.typed = PersonalText("2019020");
  EXPECT_TRUE(layout(blank, look, draft).personal());
  auto told = blank;
  told.not_found = PersonalText("2019 0200884");
  EXPECT_TRUE(layout(told, look, {}).personal());
}

}  // namespace
}  // namespace kiosk::testing
