#pragma once
// The interruption before what cannot be taken back at this machine (UX S-C6).

#include "screens/screen.hpp"

namespace kiosk::screens {

struct PointOfNoReturn {
  static constexpr std::string_view name = "point_of_no_return";
  std::string service;
  enum class Answer { confirm, read };  ///< read: the document that is signed next
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const PointOfNoReturn&) const = default;
};
Layout layout(const PointOfNoReturn& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
