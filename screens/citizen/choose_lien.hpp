#pragma once
// Which mortgage? (UX S-C2)

#include "screens/screen.hpp"

namespace kiosk::screens {

struct LienRow {
  /// The chip on the row.
  enum class State { can_be_cancelled, waits_for_bank, blocked, maximum_amount, under_way };
  PersonalText address;  ///< to the building
  std::string lender;
  PersonalText certificate_tail;  ///< last four digits
  State state = State::can_be_cancelled;
  bool operator==(const LienRow&) const = default;
};

struct ChooseLien {
  static constexpr std::string_view name = "choose_lien";
  std::vector<LienRow> rows;  ///< in pages of four (two in 关怀模式 and the largest text)
  struct Answer {
    std::size_t row = 0;
  };
  static Answer answer(const Choose& choice, const Draft&) {
    return {.row = static_cast<std::size_t>(choice.index)};
  }
  bool operator==(const ChooseLien&) const = default;
};
Layout layout(const ChooseLien& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
