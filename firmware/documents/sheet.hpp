#pragma once
// A column of text on paper: what slips and pages are stacked from. All sizes in millimetres of paper.

#include <string>
#include <utility>
#include <vector>

#include "screens/layout.hpp"
#include "screens/look.hpp"

namespace kiosk::documents {

/// The paper and how fine it is printed.
struct Stock {
  double width_mm = 72;
  double height_mm = 0;  ///< 0: as long as it takes
  double margin_mm = 1;
  double dots_per_mm = 8;
  double letters = 1;  ///< what the em sizes are multiplied with
};

/// em sizes: never below 10 pt (3.5 mm; VVSG 7.1-I).
namespace em {
inline constexpr double body = 3.9;
inline constexpr double small = 3.6;
inline constexpr double heading = 5.4;
inline constexpr double key = 7.8;  ///< numbers that are read aloud
}  // namespace em

class Sheet {
 public:
  Sheet(const Stock& stock, screens::Language language, const screens::Typesetter& type);

  const screens::Look& look() const { return look_; }
  const Stock& stock() const { return stock_; }

  Sheet& text(const std::string& words, double em, screens::Weight weight = screens::Weight::regular,
              screens::Align align = screens::Align::left);
  Sheet& gap(double mm);
  Sheet& rule();
  /// A label and its value, side by side when the value is short enough, else under each other.
  Sheet& row(const std::string& label, const std::string& value, bool bold = false);
  /// Numbered sentences.
  Sheet& list(const std::vector<std::string>& sentences);
  /// A code at least 25 mm wide with its quiet zone, centred, and what it is for.
  Sheet& code(const std::string& token, const std::string& caption);
  /// Boxes to sign in, each with a name.
  Sheet& signatures(const std::vector<std::string>& names, const std::string& label, const std::string& date);

  /// The finished pages: one, of the length it took, for a slip; as many as needed of a fixed length.
  std::vector<screens::Layout> take();

 private:
  int dots(double mm) const;
  int left() const { return dots(stock_.margin_mm); }
  int width() const { return dots(stock_.width_mm - 2 * stock_.margin_mm); }
  screens::Font font(double em, screens::Weight weight) const;
  /// Room for a piece that high, on this page or the next.
  int place(int height);
  void put(screens::Mark mark, const screens::Rect& rect);

  Stock stock_;
  screens::Look look_;
  std::vector<screens::Layout> pages_;
  int y_ = 0;
};

}  // namespace kiosk::documents
