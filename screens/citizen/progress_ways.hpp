#pragma once
// How far is my case? By card, by number, by the slip's QR (UX S-E1).

#include "screens/screen.hpp"

namespace kiosk::screens {

struct ProgressWays {
  static constexpr std::string_view name = "progress_ways";
  bool card = true, scan = true;  ///< the devices for it work
  enum class Answer { card, number, scan };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const ProgressWays&) const = default;
};
Layout layout(const ProgressWays& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
