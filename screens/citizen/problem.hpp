#pragma once
// Something went wrong: what happened, what to do now, what is safe (UX 2.6). Never a code without words.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct Problem {
  static constexpr std::string_view name = "problem";
  /// Each has its three sentences in the text table: "problem.<name>.what", ".todo", ".safe".
  enum class Kind {
    card_reader,
    registry,
    camera,
    slip_printer,
    scanner,
    storage,
    expired_card,
    too_young,
    no_card,
    same_person,
    other_person,
    not_taken,
    under_way,
    unsupported_card,
    staff_locked,
    declined,
    registry_busy,
    asked_too_often,
    internal,
    session_lost
  } kind = Kind::internal;
  std::string incident;  ///< "K3-0412", small, for staff
  bool can_retry = false;
  enum class Answer { retry, done };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const Problem&) const = default;
};
Layout layout(const Problem& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
