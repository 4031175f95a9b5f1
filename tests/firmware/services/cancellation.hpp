#pragma once
// A person who wants a mortgage cancelled, in a hall of fakes.

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "screens/citizen/check_answers.hpp"
#include "tests/support/hall.hpp"

namespace kiosk::services {

using testing::FakeRegistry;
using testing::Hall;
using testing::ScriptUi;
using Pages = std::vector<std::string>;

inline void cancel(Hall& hall) {
  hall.serve("mortgage_cancellation");
}

/// What must be true however a session ended.
inline void expect_a_clean_end(Hall& hall, const std::string& person) {
  EXPECT_LE(hall.registry.authority().recorded(), 1U);
  EXPECT_EQ(hall.camera.open_streams(), 0);
  const auto kept = hall.everything_kept();
  const auto& card = lobby::person(person).card;
  EXPECT_EQ(kept.find(card.number.reveal()), std::string::npos);
  EXPECT_EQ(kept.find(card.name.reveal()), std::string::npos);
  EXPECT_EQ(kept.find(card.address.reveal()), std::string::npos);
}

/// The second owner comes forward with card and face when asked for.
inline void comes_forward(Hall& hall, const std::string& person) {
  hall.ui.on("other_owners", [&hall, person](const screens::Screen&) {
    hall.reader.place(lobby::person(person).card);
    hall.faces.set_portrait(FakeRegistry::portrait(person));
    return ScriptUi::chosen(0);
  });
}

/// The rows of the newest check page that have a change button.
inline std::vector<assets::Text> changeable_rows(const Hall& hall) {
  std::vector<assets::Text> fields;
  for (const auto& row : hall.ui.newest<screens::CheckAnswers>()->rows) {
    if (row.change >= 0) fields.push_back(row.field);
  }
  return fields;
}

}  // namespace kiosk::services
