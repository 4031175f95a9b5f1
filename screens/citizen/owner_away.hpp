#pragma once
// Another owner is not here (UX S-C4): what was done about it, and how to go on. Nothing was submitted.

#include "screens/screen.hpp"

namespace kiosk::screens {

struct OwnerAway {
  static constexpr std::string_view name = "owner_away";
  enum class What {
    invited,   ///< a message is on its way to all of them
    partly,    ///< to some of them; the others cannot agree by one
    no_phone,  ///< to nobody: the register has no number
    window,    ///< no message was wanted
  } what = What::window;
  struct Owner {
    PersonalText masked_name;
    enum class Reached { no, invited, no_number, uncertain } reached = Reached::no;
    PersonalText masked_phone = {};  ///< invited
    std::string valid_to = {};       ///< invited: until when they can agree, YYYY-MM-DD
    bool operator==(const Owner&) const = default;
  };
  std::vector<Owner> owners;
  bool can_print = true;
  enum class Answer { print_materials, done };
  static Answer answer(const Choose& choice, const Draft&) { return static_cast<Answer>(choice.what); }
  bool operator==(const OwnerAway&) const = default;
};
Layout layout(const OwnerAway& screen, const Look& look, const Draft& draft);

}  // namespace kiosk::screens
