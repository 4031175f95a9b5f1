#pragma once
// Cards: white surfaces that carry what a page is about.

#include "screens/widgets/button.hpp"

namespace kiosk::screens {

/// A line of a card: what, and its value.
struct Fact {
  std::string label;
  std::string value;
  std::string icon = {};
};

/// Several facts on one card, one focus stop. `personal` when any value is.
Block facts(const Look& look, int width, std::string id, const std::vector<Fact>& lines,
            bool personal = false);

/// The facts as a form: what on the left, its value on the right, one line each where they fit. Under each
/// other where the letters are too large for two columns.
Block form(const Look& look, int width, std::string id, const std::vector<Fact>& lines);

/// The same facts, a card each: for lists that may need pages.
Block fact_card(const Look& look, int width, std::string id, const Fact& fact, bool personal,
                const Button* change = nullptr);

/// A number to be noted: large, in fours.
Block number_card(const Look& look, int width, std::string id, const std::string& label,
                  std::string_view number);

/// A QR code of at least 60 mm with its sentence, and the way for who has no phone.
Block code_card(const Look& look, int width, std::string id, std::string code, const std::string& label,
                const std::string& without_phone);

/// Numbered or dotted lines on one card.
Block bullets(const Look& look, int width, std::string id, const std::string& heading,
              const std::vector<std::string>& lines, bool numbered = false);

/// A small word on a coloured ground with its icon: the state of a row.
struct Chip {
  std::string word;
  Tone tone = Tone::calm;
};

/// A chip that stands alone.
Block chip_block(const Look& look, int width, std::string id, const Chip& chip);

/// A row of a list to choose from. Tighter in low reach, where there is least room.
struct Row {
  std::string id;
  std::string title;
  std::vector<std::string> details;
  Chip chip;
  Act act;
  bool personal = false;
  int number = 1, of = 1;  ///< said: "1 of 3"
};
Block row(const Look& look, int width, const Row& row);

/// A large choice with an icon.
struct Tile {
  std::string id;
  std::string icon;
  std::string title;
  std::string hint;
  Act act;
  bool paused = false;
};

/// As high as `height`, or more when its words need it. `wide`: icon left of the words.
Block tile(const Look& look, int width, int height, const Tile& tile, bool wide);

}  // namespace kiosk::screens
