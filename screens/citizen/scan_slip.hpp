#pragma once
// Hold the slip's code under the scanner.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct ScanSlip {
  static constexpr std::string_view name = "scan_slip";
  bool unreadable_before = false;
  enum class Answer { by_number };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const ScanSlip&) const = default;
};
Layout layout(const ScanSlip& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
