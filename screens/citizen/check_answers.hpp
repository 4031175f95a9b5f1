#pragma once
// Everything that will be submitted, to be checked (UX S-C5). Nothing has been submitted yet.

#include <optional>

#include "assets/texts/texts.hpp"
#include "screens/screen.hpp"

namespace kiosk::screens {

/// One line of the form: the registry's word for it, and its value.
struct AnswerRow {
  assets::Text field = assets::Text::field_applicant;
  PersonalText value;
  std::optional<assets::Text> words = {};  ///< instead of a value: said in the reader's language ("免费")
  int change = -1;  ///< >= 0: has a change button; where it leads, for the service (Answer::change)
  bool operator==(const AnswerRow&) const = default;
};

struct CheckAnswers {
  static constexpr std::string_view name = "check_answers";
  std::string service;
  std::vector<AnswerRow> rows;
  struct Answer {
    enum class Kind { confirm, change } kind = Kind::confirm;
    int change = 0;  ///< AnswerRow::change of the row whose button was pressed
  };
  static Answer answer(const Choose& choice, const Draft&) {
    return {.kind = static_cast<Answer::Kind>(choice.what), .change = choice.index};
  }
  bool operator==(const CheckAnswers&) const = default;
};
Layout layout(const CheckAnswers& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
