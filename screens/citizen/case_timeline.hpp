#pragma once
// How far one case is: 受理 审核 登簿 缮证 领证, with dates and the next thing to do (UX S-E3).

#include "screens/screen.hpp"

namespace kiosk::screens {

struct TimelineStage {
  enum class State { done, current, ahead };
  std::string stage;  ///< text id "stage.<stage>"
  State state = State::ahead;
  std::string date;
  bool operator==(const TimelineStage&) const = default;
};

struct CaseTimeline {
  static constexpr std::string_view name = "case_timeline";
  std::string acceptance_number;
  std::string service;
  PersonalText address;
  std::vector<TimelineStage> stages;
  std::string due_date;
  bool overdue = false;
  enum class Next { none, pay, complete_documents, collect } next = Next::none;
  std::vector<std::string> defects;
  bool can_print = true;
  bool more = false;  ///< there is a list to go back to
  enum class Answer { print, done, list };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const CaseTimeline&) const = default;
};
Layout layout(const CaseTimeline& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
