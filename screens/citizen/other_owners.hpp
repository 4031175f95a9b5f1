#pragma once
// Somebody else owns the property too and must ask as well (UX S-C4).

#include "screens/screen.hpp"

namespace kiosk::screens {

struct OtherOwners {
  static constexpr std::string_view name = "other_owners";
  struct Owner {
    PersonalText masked_name;
    enum class State {
      waiting,
      confirmed,
      agreed
    } state = State::waiting;  ///< agreed: online, need not come
    bool operator==(const Owner&) const = default;
  };
  std::vector<Owner> owners;
  bool can_invite = true;  ///< by message: the city does so
  enum class Answer { here_now, invite, window };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const OtherOwners&) const = default;
};
Layout layout(const OtherOwners& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
