// What is checked, changed, read and signed before an application leaves.

#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "screens/citizen/check_answers.hpp"
#include "screens/citizen/read_document.hpp"
#include "tests/firmware/services/cancellation.hpp"

namespace kiosk::services {
namespace {

using Kind = screens::CheckAnswers::Answer::Kind;

/// The digests that the trail has under "form.signed", each once.
std::set<std::string> signed_digests(const Hall& hall) {
  std::set<std::string> digests;
  std::istringstream lines(hall.everything_kept());
  for (std::string line; std::getline(lines, line);) {
    constexpr std::string_view name = "\"sha256\":\"";
    const auto at = line.find(name);
    if (line.find("form.signed") != std::string::npos && at != std::string::npos)
      digests.insert(line.substr(at + name.size(), 64));
  }
  return digests;
}

/// The person presses the change button of this row.
ScriptUi::Answerer change(assets::Text field) {
  return [field](const screens::Screen& screen) {
    for (const auto& row : screen.as<screens::CheckAnswers>()->rows) {
      if (row.field == field && row.change >= 0)
        return ScriptUi::chosen(static_cast<int>(Kind::change), row.change);
    }
    ADD_FAILURE() << "the row has no change button";
    return ScriptUi::back();
  };
}

TEST(LienForm, WhatTheRegisterSaysHasNoChangeButton) {
  Hall hall("zhang");
  cancel(hall);
  EXPECT_TRUE(changeable_rows(hall).empty()) << "one mortgage, one owner";
}

TEST(LienForm, TheMortgageIsChangedOnTheCheckPageWhenThereAreMore) {
  Hall hall("sun");
  hall.ui.first("choose_lien", [](const auto&) { return ScriptUi::chosen(0, 0); });
  hall.ui.choose("choose_lien", 0, 2);
  hall.ui.first("check_answers", change(assets::Text::field_address));
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(changeable_rows(hall), std::vector{assets::Text::field_address});
  EXPECT_NE(hall.registry.authority().latest_json().find("\"m-0009\""), std::string::npos);
  EXPECT_EQ(hall.registry.authority().recorded(), 1U);
}

TEST(LienForm, AChangedCoOwnerMakesANewFormThatAllSignAnew) {
  Hall hall("chen");
  comes_forward(hall, "liu");
  // The first has signed, the second goes back to the check page and changes who asks.
  hall.ui.first("sign", [](const auto&) { return ScriptUi::chosen(0, 0, testing::signed_draft()); });
  hall.ui.first("sign", [](const auto&) { return ScriptUi::back(); });
  hall.ui.first("point_of_no_return", [](const auto&) { return ScriptUi::chosen(0); });
  hall.ui.first("point_of_no_return", [](const auto&) { return ScriptUi::back(); });
  hall.ui.first("check_answers", [](const auto&) { return ScriptUi::chosen(0); });
  hall.ui.first("check_answers", change(assets::Text::field_other_owner));
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "other_owners"), 2);
  EXPECT_EQ(std::ranges::count(hall.ui.pages(), "sign"), 4);
  EXPECT_EQ(hall.registry.authority().recorded(), 1U) << "every signature belongs to the form that was sent";
  EXPECT_EQ(signed_digests(hall).size(), 2U) << "the form given up, and the new one";
  expect_a_clean_end(hall, "liu");
}

TEST(LienForm, TheFormCanBeReadBeforeItIsSigned) {
  Hall hall("zhang");
  hall.ui.first("point_of_no_return", [](const auto&) { return ScriptUi::chosen(1); });
  hall.ui.choose("read_document", 0);
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  const auto* read = hall.ui.newest<screens::ReadDocument>();
  ASSERT_NE(read, nullptr);
  ASSERT_EQ(read->pages.size(), 1U);
  const auto& sheet = *read->pages.front();
  EXPECT_NEAR(static_cast<double>(sheet.height) / sheet.width, 297.0 / 210, 0.01);
  EXPECT_GT(std::ranges::count(sheet.bgrx, 0), 1000) << "a sheet with nothing on it";
  const Pages wanted{"point_of_no_return", "read_document", "point_of_no_return", "sign"};
  const auto pages = hall.ui.pages();
  EXPECT_NE(std::ranges::search(pages, wanted).begin(), pages.end());
}

TEST(LienForm, BackLeadsFromEachPageToTheOneBefore) {
  Hall hall("zhang");
  hall.ui.first("sign", [](const auto&) { return ScriptUi::back(); });
  hall.ui.first("point_of_no_return", [](const auto&) { return ScriptUi::chosen(0); });
  hall.ui.first("point_of_no_return", [](const auto&) { return ScriptUi::back(); });
  hall.ui.first("check_answers", [](const auto&) { return ScriptUi::chosen(0); });
  hall.ui.first("check_answers", [](const auto&) { return ScriptUi::back(); });
  cancel(hall);
  EXPECT_EQ(hall.outcome(), "done");
  Pages wanted{"choose_lien",        "check_answers", "point_of_no_return", "sign",
               "point_of_no_return", "check_answers", "choose_lien",        "check_answers",
               "point_of_no_return", "sign"};
  const auto pages = hall.ui.pages();
  EXPECT_NE(std::ranges::search(pages, wanted).begin(), pages.end());
}

}  // namespace
}  // namespace kiosk::services
