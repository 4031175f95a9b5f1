#pragma once
// Several cases: which one?

#include "screens/screen.hpp"

namespace kiosk::screens {

struct CaseRow {
  std::string acceptance_number;
  std::string service;
  PersonalText address;  ///< empty without a card
  std::string stage;     ///< "accepted", "review", "registered", "certificate", "collect"
  bool overdue = false;
  bool operator==(const CaseRow&) const = default;
};

struct CaseList {
  static constexpr std::string_view name = "case_list";
  std::vector<CaseRow> rows;
  struct Answer {
    std::size_t row = 0;
  };
  static Answer answer(const Choose& choice, const Draft&) {
    return {.row = static_cast<std::size_t>(choice.index)};
  }
  bool operator==(const CaseList&) const = default;
};
Layout layout(const CaseList& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
