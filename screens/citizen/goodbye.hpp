#pragma once
// The end: take your things.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct Goodbye {
  static constexpr std::string_view name = "goodbye";
  bool card = true;  ///< one was read
  bool slip = false;
  int pages = 0;
  bool card_there = false;
  enum class Answer { done };
  static Answer answer(const Choose&, const Draft&) { return Answer::done; }
  bool operator==(const Goodbye&) const = default;
};
Layout layout(const Goodbye& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
