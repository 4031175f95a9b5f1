#pragma once
// Text that knows how high it is.

#include <string>

#include "screens/typesetter.hpp"
#include "screens/widgets/block.hpp"
#include "screens/widgets/tokens.hpp"

namespace kiosk::screens {

/// `words` with the top left corner at (x, y), broken to `width`; the rectangle is as high as the text.
TextRun set(const Look& look, std::string words, Font font, int x, int y, int width,
            Colour colour = Colour::text, Align align = Align::left);

/// The same on one line, its box centred in the height of `box`.
TextRun set_in(const Look& look, std::string words, Font font, const Rect& box, Colour colour = Colour::text,
               Align align = Align::centre);

/// Width of the words on one line.
int width_of(const Look& look, const std::string& words, Font font);

/// Marks set under each other; what a node's inside is made with.
class Column {
 public:
  Column(const Look& look, int x, int y, int width) : look_(look), x_(x), y_(y), width_(width) {}

  Column& text(const std::string& words, Font font, Colour colour = Colour::text, Align align = Align::left);
  Column& gap(int dots);
  int bottom() const { return y_; }
  std::vector<Mark> take() { return std::move(marks_); }

 private:
  const Look& look_;
  int x_, y_, width_;
  std::vector<Mark> marks_;
};

/// A paragraph that is only read.
Block paragraph(const Look& look, int width, std::string id, const std::string& words,
                Letter letter = Letter::body, Colour colour = Colour::text, Weight weight = Weight::regular);

/// A card's ground. In the contrast themes it has an edge, since their grounds do not differ (WCAG 1.4.11).
Fill ground(const Look& look, const Rect& rect, Colour colour = Colour::surface);

/// A notice on a coloured band, with its icon: never colour alone (WCAG 1.4.1).
enum class Tone { calm, good, warning, danger };
/// `personal` when its words show a citizen's data.
Block banner(const Look& look, int width, std::string id, Tone tone, const std::string& words,
             bool personal = false);

/// A large round sign: how something ended.
Block sign(const Look& look, std::string icon, Tone tone);

/// Draws `icon` centred in `box` with this side.
Icon icon_in(const Rect& box, std::string name, int side, Colour colour);

}  // namespace kiosk::screens
