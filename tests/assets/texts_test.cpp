// Rules of tone and length over the whole table (UX 2.6, 5.4). What the compiler of the texts checks already
// (both languages complete, same placeholders) is not repeated here.

#include "assets/texts/texts.hpp"

#include <algorithm>
#include <regex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "assets/icons/icons.hpp"
#include "assets/texts/text_table.hpp"

namespace kiosk::assets {
namespace {

std::size_t characters(std::string_view words) {
  std::size_t count = 0;
  for (const char c : words) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
  return count;
}

std::vector<std::string> sentences(std::string_view words, const std::string& ends) {
  std::vector<std::string> all;
  std::string rest(words);
  for (std::size_t end = 0; (end = rest.find(ends)) != rest.npos; rest.erase(0, end + ends.size()))
    all.push_back(rest.substr(0, end));
  if (!rest.empty()) all.push_back(rest);
  return all;
}

/// Each banned word that stands in the text.
std::string banned_words_in(std::string_view words) {
  constexpr std::string_view kBanned[] = {
      "非法", "无效",   "异常",   "操作失败", "系统错误", "请联系管理员", "忘记了", "兹",    "予以",
      "应予", "请知悉", "对不起", "invalid",  "illegal",  "error",        "sorry",  "failed"};
  std::string found;
  for (const auto word : kBanned) {
    if (words.contains(word)) found += std::string(word) + ' ';
  }
  return found;
}

TEST(Texts, SayNothingThatBlamesOrFrightens) {
  for (const auto& row : kTexts) {
    for (const auto words : row.words) EXPECT_EQ(banned_words_in(words), "") << row.id << ": " << words;
  }
}

TEST(Texts, TheBannedWordsAreFound) {
  EXPECT_NE(banned_words_in("系统错误，请联系管理员"), "");
  EXPECT_NE(banned_words_in("An error occurred"), "");
  EXPECT_EQ(banned_words_in("请把身份证平放"), "");
}

TEST(Texts, ButtonsAreShort) {
  for (const auto& row : kTexts) {
    if (!row.id.starts_with("button.")) continue;
    EXPECT_LE(characters(row.words[0]), row.id == "button.language" ? 7U : 6U) << row.id;
    EXPECT_LE(characters(row.words[1]), 15U) << row.id;
  }
}

TEST(Texts, TitlesFitOneLine) {
  for (const auto& row : kTexts) {
    if (row.id.ends_with(".title")) {
      EXPECT_LE(characters(row.words[0]), 14U) << row.id << ": " << row.words[0];
    }
  }
}

/// Legal lines stand exactly on paper (UX 5.4); the glass is plain.
bool on_paper(const TextRow& row) {
  return row.id.starts_with("paper.");
}

TEST(Texts, ChineseSentencesAreShort) {
  for (const auto& row : kTexts) {
    if (on_paper(row)) continue;
    for (const auto& sentence : sentences(row.words[0], "。"))
      EXPECT_LE(characters(sentence), 25U) << row.id << ": " << sentence;
  }
}

TEST(Texts, EnglishSentencesHaveAtMostEighteenWords) {
  for (const auto& row : kTexts) {
    if (on_paper(row)) continue;
    for (const auto& sentence : sentences(row.words[1], "."))
      EXPECT_LE(std::ranges::count(sentence, ' '), 18) << row.id << ": " << sentence;
  }
}

TEST(Texts, EveryProblemSaysWhatHappenedWhatToDoAndWhatIsSafe) {
  int problems = 0;
  for (const auto& row : kTexts) {
    static const std::regex kTitle(R"(problem\.(\w+)\.title)");
    std::match_results<std::string_view::const_iterator> found;
    if (!std::regex_match(row.id.begin(), row.id.end(), found, kTitle)) continue;
    ++problems;
    for (const char* part : {".what", ".todo", ".safe"})
      EXPECT_TRUE(find_text("problem." + found.str(1) + part)) << row.id << part;
  }
  EXPECT_GT(problems, 10);
}

TEST(Texts, AreFoundByTheirIdAndOnlyByThat) {
  EXPECT_EQ(find_text("home.title"), Text::home_title);
  EXPECT_EQ(id_of(Text::home_title), "home.title");
  for (const char* unknown : {"", "home", "home.titl", "home.titlex", "zzz", "\xff"})
    EXPECT_FALSE(find_text(unknown));
}

TEST(Fill, PutsValuesIntoTheirPlaces) {
  EXPECT_EQ(fill("第 {n} 步，共 {of} 步", {{"n", "2"}, {"of", "4"}}), "第 2 步，共 4 步");
  EXPECT_EQ(fill("{a}{a}", {{"a", "{b}"}}), "{b}{b}");  // a value is never looked at again
}

TEST(Fill, LeavesWhatItDoesNotKnow) {
  EXPECT_EQ(fill("{unknown} and {", {}), "{unknown} and {");
  EXPECT_EQ(fill("", {{"n", "1"}}), "");
  EXPECT_EQ(fill("}{", {}), "}{");
}

TEST(Icons, AreFoundByName) {
  ASSERT_NE(find_icon("home"), nullptr);
  EXPECT_EQ(find_icon("home")->name, "home");
  EXPECT_EQ(find_icon("no_such_icon"), nullptr);
  EXPECT_EQ(find_icon(""), nullptr);
}

TEST(Icons, StayInsideTheirGrid) {
  for (const auto& icon : all_icons()) {
    for (const auto& shape : icon.shapes) {
      for (const auto& step : shape.path) {
        EXPECT_TRUE(step.x >= 0 && step.x <= icon.width && step.y >= 0 && step.y <= icon.height) << icon.name;
      }
    }
  }
}

}  // namespace
}  // namespace kiosk::assets
