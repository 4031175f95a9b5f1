#pragma once
// What Pango needs told before it breaks and sets Chinese text: the gaps of UAX 14 against the Chinese rules
// (GB/T 15834, W3C clreq), found by trying. A pure function.

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::paint {

/// A text with break hints in it and the places that want another form of a glyph.
struct Prepared {
  enum class Form {
    half,          ///< OpenType 'halt': a full-width mark without its empty half
    proportional,  ///< OpenType 'pwid': an English apostrophe or quote, not a Chinese one
  };
  struct Place {
    std::size_t begin = 0, end = 0;  ///< bytes of `text`
    Form form = Form::half;
    bool operator==(const Place&) const = default;
  };
  std::string text;
  std::vector<Place> places;
};

/// - a line may end before “ ‘ and after ” ’ in Chinese text (w3c/clreq#245), never between two marks that
/// belong
///   together;
/// - a number or code is not broken at its hyphens; a web address is, after / and .;
/// - of two adjacent full-width marks the gap between them closes ("》）" and "：“");
/// - quotes and apostrophes of Latin words are set narrow.
/// Bytes that are not UTF-8 become U+FFFD.
Prepared prepare(std::string_view text);

}  // namespace kiosk::paint
