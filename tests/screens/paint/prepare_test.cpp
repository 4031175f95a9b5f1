#include "screens/paint/prepare.hpp"

#include <gtest/gtest.h>

namespace kiosk::paint {
namespace {

using Form = Prepared::Form;

/// The text with its hints made visible: | a line may end, + it may not, and marks set half or narrow in [].
std::string shown(std::string_view text) {
  const auto prepared = prepare(text);
  std::string out;
  for (std::size_t i = 0; i < prepared.text.size(); ++i) {
    for (const auto& place : prepared.places) {
      if (place.begin == i) out += place.form == Form::half ? "[" : "<";
    }
    if (prepared.text.compare(i, 3, "\u200B") == 0) {
      out += '|';
      i += 2;
    } else if (prepared.text.compare(i, 3, "\u2060") == 0) {
      out += '+';
      i += 2;
    } else {
      out += prepared.text[i];
    }
    for (const auto& place : prepared.places) {
      if (place.end == i + 1) out += place.form == Form::half ? "]" : ">";
    }
  }
  return out;
}

TEST(Prepare, lets_a_line_end_before_an_opening_and_after_a_closing_chinese_quote) {
  EXPECT_EQ(shown("还没有传来“贷款已结清”的证明"), "还没有传来|“贷款已结清”|的证明");
}

TEST(Prepare, keeps_a_closing_mark_with_the_quote_before_it) {
  EXPECT_EQ(shown("传来“结清”。"), "传来|“结清[”]。");
  EXPECT_EQ(shown("（“甲”）"), "（[“]甲[”]）");
}

TEST(Prepare, closes_the_gap_between_two_full_width_marks) {
  EXPECT_EQ(shown("《规定》（试行）。"), "《规定[》]（试行[）]。");
  EXPECT_EQ(shown("甲：“乙”"), "甲[：]|“乙”");
}

TEST(Prepare, leaves_an_english_apostrophe_narrow_and_unbroken) {
  EXPECT_EQ(shown("It’s the bank’s turn"), "It<’>s the bank<’>s turn");
  EXPECT_EQ(shown("say “yes” now"), "say <“>yes<”> now");
}

TEST(Prepare, keeps_numbers_with_hyphens_whole_and_words_breakable) {
  EXPECT_EQ(shown("K3-0412"), "K3-+0412");
  EXPECT_EQ(shown("0571-8888-1234"), "0571-+8888-+1234");
  EXPECT_EQ(shown("co-owner"), "co-owner");
}

TEST(Prepare, lets_a_web_address_end_a_line_after_slash_and_full_stop) {
  EXPECT_EQ(shown("见https://example.org/a/b。"), "见https://example.|org/|a/|b。");
  EXPECT_EQ(shown("1/2 和 3.5"), "1/2 和 3.5");
}

TEST(Prepare, survives_bytes_that_are_not_text) {
  EXPECT_EQ(prepare("a\xFF"
                    "b")
                .text,
            "a\uFFFD"
            "b");
  EXPECT_EQ(prepare("\xE4\xB8").text, "\uFFFD\uFFFD");
  EXPECT_EQ(prepare("\xC0\xAF").text, "\uFFFD\uFFFD");
  EXPECT_EQ(prepare("\xED\xA0\x80").text, "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(prepare("\xF4\x90\x80\x80").text.substr(0, 3), "\uFFFD");
  EXPECT_EQ(prepare("𤳵").text, "𤳵");
}

}  // namespace
}  // namespace kiosk::paint
