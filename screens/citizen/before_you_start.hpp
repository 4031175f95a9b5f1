#pragma once
// What a service needs, takes and costs (UX S-A4).

#include "screens/screen.hpp"

namespace kiosk::screens {

struct BeforeYouStart {
  static constexpr std::string_view name = "before_you_start";
  std::string service;   ///< its texts are "<service>.needs", ".time", ".fee", ".who", ".data"
  std::string promised;  ///< promised time of the city, "即办" or "3个工作日"; shown as it is
  enum class Answer { start, window };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const BeforeYouStart&) const = default;
};
Layout layout(const BeforeYouStart& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
