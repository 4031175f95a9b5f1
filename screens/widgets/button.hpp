#pragma once
// Buttons: what one touch does, said and shown.

#include "screens/widgets/text.hpp"
#include "screens/widgets/words.hpp"

namespace kiosk::screens {

struct Button {
  enum class Kind { primary, outline, quiet, danger };
  std::string id;
  std::string label;
  Act act;
  Kind kind = Kind::primary;
  std::string icon = {};    ///< beside the label
  bool bare = false;        ///< the icon alone is shown; the label is still said
  std::string speech = {};  ///< instead of "<label>, button"
};

/// The act that gives one of a question's answers.
template <class Answer>
Act choose(Answer answer, int index = 0) {
  return Choose{.what = static_cast<int>(answer), .index = index};
}

/// How high it must be for this width, at least mm::kButton.
int height_of(const Look& look, const Button& button, int width);

Node place(const Look& look, const Button& button, const Rect& rect);

Block block_of(const Look& look, const Button& button, int width);

/// A choice of several: chosen or not, shown by a mark as well as by colour.
Node choice(const Look& look, std::string id, std::string label, bool chosen, Act act, const Rect& rect,
            Role role = Role::toggle);

}  // namespace kiosk::screens
