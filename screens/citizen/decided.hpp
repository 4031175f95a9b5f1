#pragma once
// What the registry decided (UX S-C9), and what happens with the paper.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct Decided {
  static constexpr std::string_view name = "decided";
  enum class Decision { registered, accepted, to_be_completed, refused } decision = Decision::accepted;
  std::string service;
  std::string acceptance_number;
  std::string due_date;                     ///< accepted
  std::vector<std::string> defects;         ///< to be completed, all at once
  std::string reason, legal_basis, remedy;  ///< refused
  bool certificate_cancelled = false;
  /// Where the one paper is.
  enum class Paper { printed, reprinted, electronic } paper = Paper::printed;
  std::string slip_token;  ///< QR on the glass when the paper did not come
  /// 登记结果 on A4, beside the paper: printed for who asks for it.
  enum class ResultSheet { none, printed, not_printed, shown } result_sheet = ResultSheet::none;
  bool can_print_result = false;
  bool can_rate = true;  ///< the registry rates cases
  enum class Answer { rate, done, print_result };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const Decided&) const = default;
};
Layout layout(const Decided& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
