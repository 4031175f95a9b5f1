#pragma once
// A page between the frame's bars: title, what is said, what is chosen, answers. It measures every piece and
// puts what does not fit on a next page, so that nothing overlaps or overflows at any size or language. In
// low reach all that is for fingers stands below the line and all that is only read above it (UX 2.3).

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "screens/draft.hpp"
#include "screens/widgets/button.hpp"
#include "screens/widgets/card.hpp"
#include "screens/widgets/keys.hpp"
#include "screens/widgets/timeline.hpp"

namespace kiosk::screens {

class Page {
 public:
  Page(std::string_view name, const Look& look, const Draft& draft);

  int width() const { return content_.width; }

  /// The question; on every page of it.
  Page& title(std::string words);

  /// One sentence under the title, before anything else; on the first page only.
  Page& lead(std::string words);

  /// The next piece, from top to bottom.
  Page& add(Block block);

  /// Facts on as few cards as fit.
  Page& facts(const std::string& id, const std::vector<Fact>& lines, bool personal = false);

  /// The fields of an application, as a form.
  Page& form(const std::string& id, const std::vector<Fact>& lines);

  /// Sentences under a heading, on as few cards as fit.
  Page& list(const std::string& id, const std::string& heading, const std::vector<std::string>& lines,
             bool numbered = false);

  /// The stages of a case, on as few cards as fit.
  Page& timeline(const std::vector<Stage>& stages);

  /// How something ended: a large sign above title and sentence, instead of title().
  Page& result(std::string icon, Tone tone, std::string title, std::string words);

  /// Rows of a list: at most `a_page` of them on one page.
  Page& rows(std::vector<Block> rows, int a_page);

  /// A picture that takes the room that is left, and goes when there is too little. `speech` empty:
  /// decoration.
  Page& picture(std::string icon, std::string speech = {});

  /// Answers, the main one first: it stands in the action bar, the others above it.
  Page& answer(Button button);

  /// Two lesser answers side by side when their words allow it.
  Page& answer_pair(Button left, Button right);

  /// The main answer stands on the last page alone; before it, `words` lead to the next page: what is agreed
  /// to has been seen.
  Page& read_whole(std::string words);

  Page& step(int number, int of);
  Page& step(std::optional<Step> step);
  Page& patience(Patience patience);

  /// Room between the title and the answers for one more piece, after the answers are given.
  int room() const;
  int reading_room(bool with_pager = false) const;

  Layout done();

 private:
  /// Something added: as blocks none of which is higher than a page, the first as high as what is left of
  /// the page before if that is of use. Cut only when the answers are known.
  struct Piece {
    std::function<std::vector<Block>(int left, int page)> cut;
    int a_page = 0;  ///< > 0: no more than so many of these on one page
  };
  struct Placed {
    Block block;
    int a_page = 0;
  };
  /// What stands on one of the pages.
  struct Sheet {
    std::vector<const Block*> read, touch;
    int rows = 0;
  };
  struct Heights {
    int read = 0, touch = 0;
  };

  template <class Line, class Make>
  void add_in_cards(std::string id, std::vector<Line> lines, const Make& make);
  Heights heights(bool with_pager) const;
  Heights used() const;
  std::vector<Placed> cut_pieces() const;
  std::vector<Sheet> sheets(const std::vector<Placed>& placed, bool with_pager) const;
  int answers_height() const;
  int pager_height() const;
  void put(const Block& block, int x, int y);
  void put_picture(int top, int bottom);
  void put_answers(int bottom);
  void put_pager(int number, int of, int y);

  const Look& look_;
  int asked_page_;
  Rect content_, action_;
  int low_line_;  ///< touchable things start below it
  bool split_;    ///< read above the line, touch below it
  Layout layout_;
  Block head_;
  std::vector<Piece> pieces_;
  bool lead_ = false;  ///< the first piece belongs to the title
  std::string picture_, picture_speech_;
  std::vector<Button> answers_;  ///< the first in the action bar
  std::string read_on_;          ///< leads to the next page, in place of the main answer
  bool paired_ = false;          ///< the second and third stand side by side
};

}  // namespace kiosk::screens
